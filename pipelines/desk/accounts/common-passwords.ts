/**
 * The letters, without marks, of passwords that lists of leaked ones begin with and that an office here
 * would choose next: with whatever digits and signs among them they are guessed first. None at all are
 * digits alone.
 */
// the text begins with white space: the first word is none
export const COMMON_LETTERS: ReadonlySet<string> = new Set(
  `
  a abc abcd abcde abcdef aa qwert qwerty qwertyuiop qaz qazwsx
  asdf asdfgh asdfghjkl zxcvbnm admin adminadmin administrator root user
  password passwrd pass passpass letmein welcome iloveyou changeme hello
  matkhau matkhaumoi taikhoan quantri khongbiet anhyeuem emyeuanh vietnam
  chuyenvien congchuc canbo lanhdao chutich langson thanhpho phuong
  ubnd ubndphuong ubndxa ubndtp ubndthanhpho ubndlangson vanphong
`.split(/\s+/),
);
