// @ts-nocheck
// Written by scripts/compile-schema.mjs from schema/detection.schema.json: run `npm run schema` to write it anew.
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
export const keys = ["$schema","uuid","draft","checks","name","type","description","severity","effort","alert_type_uuid","alert_type","enabled","tags","related_object_refs","attack","datasources","event_fields","parameters","all_entities","entities","all_assets","assets","goal","false_positives","similarity_strategy"];
export const validate = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:sekoia-detections-action:detection","type":"object","required":["name","severity","effort"],"oneOf":[{"required":["alert_type_uuid"],"properties":{"alert_type_uuid":true}},{"required":["alert_type"],"properties":{"alert_type":true}}],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"uuid":{"type":["string","null"],"pattern":"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},"draft":{"type":"boolean"},"checks":{"type":["array","null"],"items":{"type":"object","required":["code","severity","reason"],"additionalProperties":false,"properties":{"code":{"description":"The code of the check, as docs/checks.md has it.","enum":["document-kind","document-unknown-key","document-several-roots","document-name-duplicate","yaml-value-changed","yaml-control-character","yaml-comment","yaml-anchor","invisible-character","condition-missing","condition-syntax","condition-unknown-name","condition-empty-pattern","condition-unsupported","condition-undocumented","condition-upper-case","condition-mixed","condition-only-negative","selection-name","selection-unused","selection-shape","selection-mixed","keyword-all","keyword-field-like","keyword-modifier","negation-missing-field","modifier-unknown","modifier-unsupported","modifier-chain","modifier-value","modifier-value-type","all-single-value","list-null","value-escaped-wildcard","value-wildcard-redundant","value-duplicate","value-empty","regex-syntax","regex-whole-field","regex-never","time-value","time-field","time-zone","correlation-key","correlation-type","correlation-condition","correlation-reference","correlation-cycle","correlation-spelling","correlation-several-rules","correlation-chain-group","timespan","alias-incomplete","alias-unused","group-by-unknown","group-by-may-be-missing","field-unknown","field-case","field-never-filled"]},"severity":{"enum":["error","warning","off"]},"reason":{"description":"Why it is so for this detection.","type":"string","pattern":"\\S"}}}},"name":{"type":"string","minLength":5,"maxLength":100,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},"type":{"const":"sigma"},"description":{"type":["string","null"],"maxLength":1000,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},"severity":{"$ref":"#/$defs/severity"},"effort":{"$ref":"#/$defs/effort"},"alert_type_uuid":{"$ref":"#/$defs/uuid"},"alert_type":{"$ref":"#/$defs/alertType"},"enabled":{"type":"boolean"},"tags":{"type":["array","null"],"items":{"type":"string","minLength":1}},"related_object_refs":{"type":["array","null"],"items":{"type":"string","minLength":1}},"attack":{"$ref":"#/$defs/attack"},"datasources":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"event_fields":{"type":["array","null"],"items":{"type":"object","required":["field","description"],"additionalProperties":false,"properties":{"field":{"description":"Name of the field.","type":"string","minLength":1},"description":{"description":"Heading of the column; may be empty.","type":"string"}}}},"parameters":{"type":["array","null"],"items":{"type":"object","required":["value"],"additionalProperties":false,"properties":{"uuid":{"$ref":"#/$defs/uuid"},"name":{"type":"string"},"value":{"description":"Any value."}}}},"all_entities":{"type":"boolean"},"entities":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"all_assets":{"type":"boolean"},"assets":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"goal":{"type":["string","null"]},"false_positives":{"type":["string","null"]},"similarity_strategy":{"type":["array","null"],"items":{"type":["string","array"],"items":{"type":"string","minLength":1}}}},"$defs":{"severity":{"type":["integer","string"],"minimum":0,"maximum":100,"pattern":"^(?:informational|low|medium|high|critical)$"},"effort":{"type":["integer","string"],"minimum":1,"maximum":4,"pattern":"^(?:elementary|intermediate|advanced|master)$"},"alertType":{"type":"string","maxLength":200,"pattern":"[^\\s/][\\s]*$"},"attack":{"type":["array","null"],"items":{"type":"string","pattern":"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"}},"uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"}}};
const schema32 = {"type":["integer","string"],"minimum":0,"maximum":100,"pattern":"^(?:informational|low|medium|high|critical)$"};
const schema33 = {"type":["integer","string"],"minimum":1,"maximum":4,"pattern":"^(?:elementary|intermediate|advanced|master)$"};
const schema34 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const schema35 = {"type":"string","maxLength":200,"pattern":"[^\\s/][\\s]*$"};
const schema36 = {"type":["array","null"],"items":{"type":"string","pattern":"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"}};
const func1 = Object.prototype.hasOwnProperty;
const func2 = ucs2length.default ?? ucs2length;
const pattern4 = new RegExp("^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$", "u");
const pattern5 = new RegExp("\\S", "u");
const pattern6 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern7 = new RegExp("^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern8 = new RegExp("^(?:informational|low|medium|high|critical)$", "u");
const pattern9 = new RegExp("^(?:elementary|intermediate|advanced|master)$", "u");
const pattern10 = new RegExp("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", "u");
const pattern11 = new RegExp("[^\\s/][\\s]*$", "u");
const pattern12 = new RegExp("^[Tt][0-9]{4}(?:\\.[0-9]{3})?$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:sekoia-detections-action:detection" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = false;
let passing0 = null;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.alert_type_uuid === undefined){
const err0 = {instancePath,schemaPath:"#/oneOf/0/required",keyword:"required",params:{missingProperty: "alert_type_uuid"},message:"must have required property '"+"alert_type_uuid"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
var _valid0 = _errs2 === errors;
if(_valid0){
valid0 = true;
passing0 = 0;
var props0 = {};
props0.alert_type_uuid = true;
}
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.alert_type === undefined){
const err1 = {instancePath,schemaPath:"#/oneOf/1/required",keyword:"required",params:{missingProperty: "alert_type"},message:"must have required property '"+"alert_type"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs3 === errors;
if(_valid0 && valid0){
valid0 = false;
passing0 = [passing0, 1];
}
else {
if(_valid0){
valid0 = true;
passing0 = 1;
if(props0 !== true){
props0 = props0 || {};
props0.alert_type = true;
}
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/oneOf",keyword:"oneOf",params:{passingSchemas: passing0},message:"must match exactly one schema in oneOf"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
else {
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.severity === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.effort === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "effort"},message:"must have required property '"+"effort"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err6 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err7 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.uuid !== undefined){
let data1 = data.uuid;
if((typeof data1 !== "string") && (data1 !== null)){
const err8 = {instancePath:instancePath+"/uuid",schemaPath:"#/properties/uuid/type",keyword:"type",params:{type: schema31.properties.uuid.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err9 = {instancePath:instancePath+"/uuid",schemaPath:"#/properties/uuid/pattern",keyword:"pattern",params:{pattern: "^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},message:"must match pattern \""+"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
if(data.draft !== undefined){
if(typeof data.draft !== "boolean"){
const err10 = {instancePath:instancePath+"/draft",schemaPath:"#/properties/draft/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.checks !== undefined){
let data3 = data.checks;
if((!(Array.isArray(data3))) && (data3 !== null)){
const err11 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/type",keyword:"type",params:{type: schema31.properties.checks.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if(Array.isArray(data3)){
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.code === undefined){
const err12 = {instancePath:instancePath+"/checks/" + i0,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "code"},message:"must have required property '"+"code"+"'"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4.severity === undefined){
const err13 = {instancePath:instancePath+"/checks/" + i0,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
if(data4.reason === undefined){
const err14 = {instancePath:instancePath+"/checks/" + i0,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
for(const key1 in data4){
if(!(((key1 === "code") || (key1 === "severity")) || (key1 === "reason"))){
const err15 = {instancePath:instancePath+"/checks/" + i0,schemaPath:"#/properties/checks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.code !== undefined){
let data5 = data4.code;
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data5 === "document-kind") || (data5 === "document-unknown-key")) || (data5 === "document-several-roots")) || (data5 === "document-name-duplicate")) || (data5 === "yaml-value-changed")) || (data5 === "yaml-control-character")) || (data5 === "yaml-comment")) || (data5 === "yaml-anchor")) || (data5 === "invisible-character")) || (data5 === "condition-missing")) || (data5 === "condition-syntax")) || (data5 === "condition-unknown-name")) || (data5 === "condition-empty-pattern")) || (data5 === "condition-unsupported")) || (data5 === "condition-undocumented")) || (data5 === "condition-upper-case")) || (data5 === "condition-mixed")) || (data5 === "condition-only-negative")) || (data5 === "selection-name")) || (data5 === "selection-unused")) || (data5 === "selection-shape")) || (data5 === "selection-mixed")) || (data5 === "keyword-all")) || (data5 === "keyword-field-like")) || (data5 === "keyword-modifier")) || (data5 === "negation-missing-field")) || (data5 === "modifier-unknown")) || (data5 === "modifier-unsupported")) || (data5 === "modifier-chain")) || (data5 === "modifier-value")) || (data5 === "modifier-value-type")) || (data5 === "all-single-value")) || (data5 === "list-null")) || (data5 === "value-escaped-wildcard")) || (data5 === "value-wildcard-redundant")) || (data5 === "value-duplicate")) || (data5 === "value-empty")) || (data5 === "regex-syntax")) || (data5 === "regex-whole-field")) || (data5 === "regex-never")) || (data5 === "time-value")) || (data5 === "time-field")) || (data5 === "time-zone")) || (data5 === "correlation-key")) || (data5 === "correlation-type")) || (data5 === "correlation-condition")) || (data5 === "correlation-reference")) || (data5 === "correlation-cycle")) || (data5 === "correlation-spelling")) || (data5 === "correlation-several-rules")) || (data5 === "correlation-chain-group")) || (data5 === "timespan")) || (data5 === "alias-incomplete")) || (data5 === "alias-unused")) || (data5 === "group-by-unknown")) || (data5 === "group-by-may-be-missing")) || (data5 === "field-unknown")) || (data5 === "field-case")) || (data5 === "field-never-filled"))){
const err16 = {instancePath:instancePath+"/checks/" + i0+"/code",schemaPath:"#/properties/checks/items/properties/code/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.code.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data4.severity !== undefined){
let data6 = data4.severity;
if(!(((data6 === "error") || (data6 === "warning")) || (data6 === "off"))){
const err17 = {instancePath:instancePath+"/checks/" + i0+"/severity",schemaPath:"#/properties/checks/items/properties/severity/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data4.reason !== undefined){
let data7 = data4.reason;
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err18 = {instancePath:instancePath+"/checks/" + i0+"/reason",schemaPath:"#/properties/checks/items/properties/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/checks/" + i0+"/reason",schemaPath:"#/properties/checks/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/checks/" + i0,schemaPath:"#/properties/checks/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
}
if(data.name !== undefined){
let data8 = data.name;
if(typeof data8 === "string"){
if(func2(data8) > 100){
const err21 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(func2(data8) < 5){
const err22 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 5},message:"must NOT have fewer than 5 characters"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(!pattern6.test(data8)){
const err23 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.type !== undefined){
if("sigma" !== data.type){
const err25 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "sigma"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data.description !== undefined){
let data10 = data.description;
if((typeof data10 !== "string") && (data10 !== null)){
const err26 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema31.properties.description.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(typeof data10 === "string"){
if(func2(data10) > 1000){
const err27 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if(!pattern7.test(data10)){
const err28 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.severity !== undefined){
let data11 = data.severity;
if((!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))) && (typeof data11 !== "string")){
const err29 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/type",keyword:"type",params:{type: schema32.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 100 || isNaN(data11)){
const err30 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
if(data11 < 0 || isNaN(data11)){
const err31 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(typeof data11 === "string"){
if(!pattern8.test(data11)){
const err32 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/pattern",keyword:"pattern",params:{pattern: "^(?:informational|low|medium|high|critical)$"},message:"must match pattern \""+"^(?:informational|low|medium|high|critical)$"+"\""};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data.effort !== undefined){
let data12 = data.effort;
if((!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))) && (typeof data12 !== "string")){
const err33 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/type",keyword:"type",params:{type: schema33.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 4 || isNaN(data12)){
const err34 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err35 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(typeof data12 === "string"){
if(!pattern9.test(data12)){
const err36 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/pattern",keyword:"pattern",params:{pattern: "^(?:elementary|intermediate|advanced|master)$"},message:"must match pattern \""+"^(?:elementary|intermediate|advanced|master)$"+"\""};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data.alert_type_uuid !== undefined){
let data13 = data.alert_type_uuid;
if(typeof data13 === "string"){
if(!pattern10.test(data13)){
const err37 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.alert_type !== undefined){
let data14 = data.alert_type;
if(typeof data14 === "string"){
if(func2(data14) > 200){
const err39 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(!pattern11.test(data14)){
const err40 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/pattern",keyword:"pattern",params:{pattern: "[^\\s/][\\s]*$"},message:"must match pattern \""+"[^\\s/][\\s]*$"+"\""};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err42 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data.tags !== undefined){
let data16 = data.tags;
if((!(Array.isArray(data16))) && (data16 !== null)){
const err43 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema31.properties.tags.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(Array.isArray(data16)){
const len1 = data16.length;
for(let i1=0; i1<len1; i1++){
let data17 = data16[i1];
if(typeof data17 === "string"){
if(func2(data17) < 1){
const err44 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
else {
const err45 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
}
if(data.related_object_refs !== undefined){
let data18 = data.related_object_refs;
if((!(Array.isArray(data18))) && (data18 !== null)){
const err46 = {instancePath:instancePath+"/related_object_refs",schemaPath:"#/properties/related_object_refs/type",keyword:"type",params:{type: schema31.properties.related_object_refs.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if(Array.isArray(data18)){
const len2 = data18.length;
for(let i2=0; i2<len2; i2++){
let data19 = data18[i2];
if(typeof data19 === "string"){
if(func2(data19) < 1){
const err47 = {instancePath:instancePath+"/related_object_refs/" + i2,schemaPath:"#/properties/related_object_refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
else {
const err48 = {instancePath:instancePath+"/related_object_refs/" + i2,schemaPath:"#/properties/related_object_refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
}
if(data.attack !== undefined){
let data20 = data.attack;
if((!(Array.isArray(data20))) && (data20 !== null)){
const err49 = {instancePath:instancePath+"/attack",schemaPath:"#/$defs/attack/type",keyword:"type",params:{type: schema36.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(Array.isArray(data20)){
const len3 = data20.length;
for(let i3=0; i3<len3; i3++){
let data21 = data20[i3];
if(typeof data21 === "string"){
if(!pattern12.test(data21)){
const err50 = {instancePath:instancePath+"/attack/" + i3,schemaPath:"#/$defs/attack/items/pattern",keyword:"pattern",params:{pattern: "^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"},message:"must match pattern \""+"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"+"\""};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath:instancePath+"/attack/" + i3,schemaPath:"#/$defs/attack/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
}
if(data.datasources !== undefined){
let data22 = data.datasources;
if((!(Array.isArray(data22))) && (data22 !== null)){
const err52 = {instancePath:instancePath+"/datasources",schemaPath:"#/properties/datasources/type",keyword:"type",params:{type: schema31.properties.datasources.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(Array.isArray(data22)){
const len4 = data22.length;
for(let i4=0; i4<len4; i4++){
let data23 = data22[i4];
if(typeof data23 === "string"){
if(!pattern10.test(data23)){
const err53 = {instancePath:instancePath+"/datasources/" + i4,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
else {
const err54 = {instancePath:instancePath+"/datasources/" + i4,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
}
if(data.event_fields !== undefined){
let data24 = data.event_fields;
if((!(Array.isArray(data24))) && (data24 !== null)){
const err55 = {instancePath:instancePath+"/event_fields",schemaPath:"#/properties/event_fields/type",keyword:"type",params:{type: schema31.properties.event_fields.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(Array.isArray(data24)){
const len5 = data24.length;
for(let i5=0; i5<len5; i5++){
let data25 = data24[i5];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.field === undefined){
const err56 = {instancePath:instancePath+"/event_fields/" + i5,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(data25.description === undefined){
const err57 = {instancePath:instancePath+"/event_fields/" + i5,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
for(const key2 in data25){
if(!((key2 === "field") || (key2 === "description"))){
const err58 = {instancePath:instancePath+"/event_fields/" + i5,schemaPath:"#/properties/event_fields/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data25.field !== undefined){
let data26 = data25.field;
if(typeof data26 === "string"){
if(func2(data26) < 1){
const err59 = {instancePath:instancePath+"/event_fields/" + i5+"/field",schemaPath:"#/properties/event_fields/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/event_fields/" + i5+"/field",schemaPath:"#/properties/event_fields/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
if(data25.description !== undefined){
if(typeof data25.description !== "string"){
const err61 = {instancePath:instancePath+"/event_fields/" + i5+"/description",schemaPath:"#/properties/event_fields/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/event_fields/" + i5,schemaPath:"#/properties/event_fields/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
}
}
if(data.parameters !== undefined){
let data28 = data.parameters;
if((!(Array.isArray(data28))) && (data28 !== null)){
const err63 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: schema31.properties.parameters.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(Array.isArray(data28)){
const len6 = data28.length;
for(let i6=0; i6<len6; i6++){
let data29 = data28[i6];
if(data29 && typeof data29 == "object" && !Array.isArray(data29)){
if(data29.value === undefined){
const err64 = {instancePath:instancePath+"/parameters/" + i6,schemaPath:"#/properties/parameters/items/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
for(const key3 in data29){
if(!(((key3 === "uuid") || (key3 === "name")) || (key3 === "value"))){
const err65 = {instancePath:instancePath+"/parameters/" + i6,schemaPath:"#/properties/parameters/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
if(data29.uuid !== undefined){
let data30 = data29.uuid;
if(typeof data30 === "string"){
if(!pattern10.test(data30)){
const err66 = {instancePath:instancePath+"/parameters/" + i6+"/uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/parameters/" + i6+"/uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data29.name !== undefined){
if(typeof data29.name !== "string"){
const err68 = {instancePath:instancePath+"/parameters/" + i6+"/name",schemaPath:"#/properties/parameters/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
}
else {
const err69 = {instancePath:instancePath+"/parameters/" + i6,schemaPath:"#/properties/parameters/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
}
if(data.all_entities !== undefined){
if(typeof data.all_entities !== "boolean"){
const err70 = {instancePath:instancePath+"/all_entities",schemaPath:"#/properties/all_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.entities !== undefined){
let data33 = data.entities;
if((!(Array.isArray(data33))) && (data33 !== null)){
const err71 = {instancePath:instancePath+"/entities",schemaPath:"#/properties/entities/type",keyword:"type",params:{type: schema31.properties.entities.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
if(Array.isArray(data33)){
const len7 = data33.length;
for(let i7=0; i7<len7; i7++){
let data34 = data33[i7];
if(typeof data34 === "string"){
if(!pattern10.test(data34)){
const err72 = {instancePath:instancePath+"/entities/" + i7,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
else {
const err73 = {instancePath:instancePath+"/entities/" + i7,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
}
if(data.all_assets !== undefined){
if(typeof data.all_assets !== "boolean"){
const err74 = {instancePath:instancePath+"/all_assets",schemaPath:"#/properties/all_assets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data.assets !== undefined){
let data36 = data.assets;
if((!(Array.isArray(data36))) && (data36 !== null)){
const err75 = {instancePath:instancePath+"/assets",schemaPath:"#/properties/assets/type",keyword:"type",params:{type: schema31.properties.assets.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(Array.isArray(data36)){
const len8 = data36.length;
for(let i8=0; i8<len8; i8++){
let data37 = data36[i8];
if(typeof data37 === "string"){
if(!pattern10.test(data37)){
const err76 = {instancePath:instancePath+"/assets/" + i8,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/assets/" + i8,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
}
}
if(data.goal !== undefined){
let data38 = data.goal;
if((typeof data38 !== "string") && (data38 !== null)){
const err78 = {instancePath:instancePath+"/goal",schemaPath:"#/properties/goal/type",keyword:"type",params:{type: schema31.properties.goal.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data.false_positives !== undefined){
let data39 = data.false_positives;
if((typeof data39 !== "string") && (data39 !== null)){
const err79 = {instancePath:instancePath+"/false_positives",schemaPath:"#/properties/false_positives/type",keyword:"type",params:{type: schema31.properties.false_positives.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data.similarity_strategy !== undefined){
let data40 = data.similarity_strategy;
if((!(Array.isArray(data40))) && (data40 !== null)){
const err80 = {instancePath:instancePath+"/similarity_strategy",schemaPath:"#/properties/similarity_strategy/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
if(Array.isArray(data40)){
const len9 = data40.length;
for(let i9=0; i9<len9; i9++){
let data41 = data40[i9];
if((typeof data41 !== "string") && (!(Array.isArray(data41)))){
const err81 = {instancePath:instancePath+"/similarity_strategy/" + i9,schemaPath:"#/properties/similarity_strategy/items/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.items.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if(Array.isArray(data41)){
const len10 = data41.length;
for(let i10=0; i10<len10; i10++){
let data42 = data41[i10];
if(typeof data42 === "string"){
if(func2(data42) < 1){
const err82 = {instancePath:instancePath+"/similarity_strategy/" + i9+"/" + i10,schemaPath:"#/properties/similarity_strategy/items/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
else {
const err83 = {instancePath:instancePath+"/similarity_strategy/" + i9+"/" + i10,schemaPath:"#/properties/similarity_strategy/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
}
}
}
}
else {
const err84 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
