/** Names of many languages, which show accents, scripts and text directions. */
export const languages = [
  { given: ['Siân', 'Gwen', 'Rhys', 'Ffion'], family: ['Llewellyn', 'ap Gruffydd', 'Evans', 'Prydderch'] },
  {
    given: ['Aoife', 'Tadhg', 'Saoirse', 'Eóin'],
    family: ["O'Dálaigh", 'Ó Súilleabháin', 'Byrne', 'Ní Bhriain'],
  },
  { given: ['Mary-Jane', 'Oliver', 'Ruth', 'George'], family: ['Smith-Jones', 'Taylor', 'Clarke', 'Thomas'] },
  { given: ['Zoë', 'Chloé', 'Étienne'], family: ['Dubois', 'Lefèvre', 'de la Tour'] },
  { given: ['José', 'Lucía', 'Íñigo'], family: ['García Márquez', 'Fernández', 'Núñez'] },
  { given: ['Jörg', 'Käthe', 'Anneliese'], family: ['Müller', 'Weiß', 'von der Heide'] },
  { given: ['Łukasz', 'Małgorzata', 'Zbigniew'], family: ['Wiśniewska', 'Nowak', 'Błaszczyk'] },
  {
    given: ['Åsa', 'Øyvind', 'Aino', 'Þóra'],
    family: ['Lindqvist', 'Sørensen', 'Virtanen', 'Sigurðsdóttir'],
  },
  { given: ['Büşra', 'Çağla', 'Emre'], family: ['Yılmaz', 'Öztürk', 'Şahin'] },
  { given: ['Nguyễn', 'Thảo', 'Minh'], family: ['Trần', 'Phạm', 'Văn Đức'] },
  { given: ['Ngozi', 'Chinedu', 'Kwame'], family: ['Adeyemi', 'Okonkwo', 'Mensah'] },
  { given: ['Priya', 'Harpreet', 'Arjun'], family: ['Patel', 'Singh', 'Chaudhary'] },
  { given: ['Олена', 'Дмитро'], family: ['Шевченко', 'Коваленко'] },
  { given: ['Ελένη', 'Γιώργος'], family: ['Παπαδοπούλου', 'Νικολάου'] },
  { given: ['فاطمة', 'يوسف'], family: ['حداد', 'الخوري'] },
  { given: ['נועה', 'יעקב'], family: ['כהן', 'לוי'] },
  { given: ['芳', '秀英'], family: ['王', '李'] },
] as const;

export const organisationNames = ['Moorland Water', 'Harbour Electric', 'Vale & Daughters Heating'] as const;

export const streets = [
  'Mill Lane',
  'Heol y Parc',
  'Station Road',
  'Chapel Street',
  'The Green',
  'Harbour View',
  'Quarry Bank',
] as const;

export const notes = [
  'Asked about the meter reading of last month.',
  'Will be at home on weekday mornings; please ring the side door.',
  'Reported low pressure in the upstairs bathroom.',
  'Wants the engineer to call before arriving. There is a dog.',
  'Moved in recently and needs the account in a new name.',
  'Siarad Cymraeg os gwelwch yn dda.',
  'No answer; left a message.',
  'Confirmed the appointment for the boiler service.',
] as const;
