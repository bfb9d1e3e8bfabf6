/* Mode lapangan (work without signal): a few short names on the phone, encrypted, for a day or until sign-out. Own
   clients that the person chose for the field form, attendance lists with their people; never more than thirty names
   together (docs/keputusan/0047). */
import { DAY_MS, NAMES, account, all, get } from "./gudang.js";

export const CLIENTS = `nama:${account.id}`, LISTS = `hadir:${account.id}`;

export const kept = async (id) => {
  const found = account.id ? await get(NAMES, id) : undefined;
  return found && Date.now() - found.waktu < DAY_MS ? found : undefined;
};

/* {daftar, waktu: when they were stored}; an empty list if none were. */
export const takenLists = async () => (await kept(LISTS)) ?? { daftar: [] };

/* Lists that the portal received lately, oldest first: [{url, isi}]. */
export const sentLists = async () => (await all(NAMES)).filter(({ url }) => url);
