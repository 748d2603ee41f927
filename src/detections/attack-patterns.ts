/**
 * The STIX ids that MITRE gives its techniques in ATT&CK for Enterprise, which the platform's rules point to in
 * `related_object_refs` (sekoia-api.md §3.1). An id is never reused, so an older table is only incomplete: a technique
 * that is not here is told as an error, never left out.
 *
 * © The MITRE Corporation. ATT&CK is reproduced and distributed with the permission of The MITRE Corporation.
 */
const UUIDS: Readonly<Record<string, string>> = {
  T1003: '0a3ead4e-6d47-4ccb-854c-a6a4f9d96b22',
  'T1003.001': '65f2d882-3f41-4d48-8a06-29af77ec9f90',
  'T1003.002': '1644e709-12d2-41e5-a60f-3470991f5011',
  'T1003.003': 'edf91964-b26e-4b4a-9600-ccacd7d7df24',
  'T1003.004': '1ecfdab8-7d59-4c98-95d4-dc41970f57fc',
  'T1003.005': '6add2ab5-2711-4e9d-87c8-7a0be8531530',
  'T1003.006': 'f303a39a-6255-4b89-aecc-18c4d8ca7163',
  T1006: '0c8ab3eb-df48-4b9c-ace7-beacaac81cc5',
  T1014: '0f20e3cb-245b-4a61-8a91-2d93f7cb0e9b',
  'T1016.001': '132d5b37-aac5-4378-a8dc-3127b18a73dc',
  'T1021.005': '01327cde-66c4-4123-bf34-5f258d59457b',
  'T1027.009': '0533ab23-3f7d-463f-9bd8-634d27e4dee1',
  'T1027.011': '02c5abff-30bf-4703-ab92-1f6072fae939',
  'T1027.013': '0d91b3c0-5e50-47c3-949a-2a796f04d144',
  T1033: '03d7999c-1f4c-42cc-8373-e7690d318104',
  'T1036.007': '11f29a39-0942-4d62-92b6-fe236cf3066e',
  T1037: '03259939-0b57-482f-8eb5-87c0e0d54334',
  T1047: '01a5a209-b94c-450b-b7f9-946497d91055',
  'T1053.005': '005a06c6-14bf-4118-afa0-ebcd8aebb0c9',
  'T1053.007': '1126cab1-c700-412f-a510-61f4937bb096',
  'T1055.011': '0042a9f5-f053-4769-b3ef-9ad018dfa298',
  'T1056.001': '09a60ea3-a8d1-4ae5-976e-5783248b72a4',
  'T1059.001': '970a3432-3237-47ad-bcca-7d8cbb217736',
  'T1059.007': '0f4a0c76-ab2d-4cb0-85d3-3f0efb8cba0d',
  T1078: 'b17a1a56-e99c-403c-8948-561df0cffe81',
  'T1110.001': '09c4c11e-4fa1-4f8c-8dad-3cf8e69ad119',
  'T1110.002': '1d24cdee-9ea2-4189-b08e-af110bf2435d',
  T1113: '0259baeb-9f63-4c69-bf10-eb038c390688',
  T1123: '1035cdf2-3e5f-446f-a7a7-e8f6d7925967',
  T1129: '0a5231ec-41af-4a35-83d0-6bdf11f28c65',
  'T1132.001': '04fd5427-79c7-44ea-ae13-11b24778ff1c',
  T1133: '10d51417-ee35-4589-b1ff-b6df1c334e8d',
  'T1205.002': '005cc321-08ce-4d17-b1ea-cb5275926520',
  'T1213.002': '0c4b4fda-9062-47da-98b9-ceae2dcf052a',
  'T1216.001': '09cd431f-eaf4-4d2a-acaf-2a7acfe7ed58',
  'T1218.011': '045d0922-2310-4e60-b5e4-3302302cb3c5',
  'T1222.002': '09b130a2-a77e-4af0-a361-f46f9aad1345',
  'T1485.001': '1001e0d6-ee09-4dfc-aa90-e9320ffc8fe4',
  'T1491.002': '0cfe31a7-81fc-472c-bc45-e2808d1066a3',
  'T1496.003': '130d4494-b2d6-4040-bcea-6e59f05222fe',
  'T1498.001': '0bda01d5-4c1d-4062-8ee2-6872334383c3',
  'T1499.001': '0df05477-c572-4ed6-88a9-47c581f548f7',
  T1539: '10ffac09-e42d-4f56-ab20-db94c67d76ff',
  T1543: '106c0cf6-bf73-4601-9aa8-0945c2715ec5',
  'T1546.006': '10ff21b9-5a01-4268-a1b5-3b55015f1847',
  'T1546.013': '0f2c410d-d740-4ed9-abb1-b8f4a7faf6c3',
  'T1548.002': '120d5519-3098-4e1c-9191-2aa61232f073',
  'T1556.003': '06c00069-771a-4d57-8ef5-d3718c1a8771',
  T1557: '035bb001-ab69-4a0b-9f6c-2de8b09e1b9d',
  'T1560.001': '00f90846-cbd1-4fc5-9233-df5c2bf2a662',
  'T1561.002': '0af0ca99-357d-4ba1-805f-674fdfb7bef9',
  'T1564.008': '0cf55441-b176-4332-89e7-2c4c7799d0ff',
  'T1564.012': '09b008a9-b4eb-462a-a751-a0eb58050cd9',
  'T1568.002': '118f61a5-eb3e-4fb6-931f-2096647f4ecd',
  'T1574.007': '0c2d00da-7742-49e7-9928-4514e5075d32',
  'T1578.004': '0708ae90-d0eb-4938-9a76-d0fc94f6eec1',
  T1583: '0458aab9-ad42-4eac-9e22-706a95bafee2',
  'T1583.007': '04a5a8ab-3bc8-4c83-95c9-55274a89786d',
  'T1588.007': '0cc222f5-c3ff-48e6-9f52-3314baf9d37e',
  'T1590.002': '0ff59227-8aa8-4c09-bf1f-925605bd07ea',
  'T1590.005': '0dda99f0-4701-48ca-9774-8504922e92d3',
  T1592: '09312b1a-c3c6-4b45-9844-3ccc78e5d82f',
  'T1596.003': '0979abf9-4e26-43ec-9b6e-54efc4e70fca',
  'T1597.002': '0a241b6c-7bb2-48f9-98f7-128145b4d27f',
  T1602: '0ad7bc5c-235a-4048-944b-3b286676cb74',
  T1613: '0470e792-32f8-46b0-a351-652bc35e9336',
  T1666: '0ce73446-8722-4086-9d43-514f1d0f669e',
  'T1685.003': '0ff4bd68-aebb-4039-9e00-9f92c705edf4',
  T1687: '01c9b54f-c04e-41ba-b0c3-cfe784b3a463',
};

const TECHNIQUES: ReadonlyMap<string, string> = new Map(
  Object.entries(UUIDS).map(([technique, uuid]) => [`attack-pattern--${uuid}`, technique]),
);

/** The STIX id of a technique such as `T1110.001`, in either letter case; undefined when it is not known. */
export function attackPatternOf(technique: string): string | undefined {
  const id = technique.toUpperCase();
  return Object.hasOwn(UUIDS, id) ? `attack-pattern--${UUIDS[id] ?? ''}` : undefined;
}

/** The technique of a STIX id; undefined when it is not known. */
export function techniqueOf(attackPattern: string): string | undefined {
  return TECHNIQUES.get(attackPattern.trim().toLowerCase());
}
