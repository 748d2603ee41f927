// @ts-nocheck
// Written by scripts/compile-schema.mjs from schema/detection.schema.json: run `npm run schema` to write it anew.
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
export const keys = ["$schema","uuid","uuids","targets","only","except","draft","checks","name","type","description","severity","effort","alert_type_uuid","alert_type","enabled","tags","related_object_refs","attack","datasources","event_fields","parameters","all_entities","entities","all_assets","assets","goal","false_positives","similarity_strategy","available_for_subcommunities","community_uuid","subcommunities"];
export const overlayKeys = ["draft","description","severity","effort","alert_type_uuid","alert_type","attack","enabled","tags","related_object_refs","datasources","event_fields","parameters","all_entities","entities","all_assets","assets","goal","false_positives","similarity_strategy","available_for_subcommunities","community_uuid","subcommunities"];
export const validate = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:sekoia-detections-action:detection","type":"object","required":["name","severity","effort"],"oneOf":[{"required":["alert_type_uuid"],"properties":{"alert_type_uuid":true}},{"required":["alert_type"],"properties":{"alert_type":true}}],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"uuid":{"type":["string","null"],"pattern":"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},"uuids":{"type":["object","null"],"patternProperties":{"^[a-z0-9-]{1,40}$":{"type":["string","null"],"pattern":"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"}},"additionalProperties":false},"targets":{"type":["object","null"],"patternProperties":{"^[a-z0-9-]{1,40}$":{"$ref":"#/$defs/overlay"}},"additionalProperties":false},"only":{"type":["array","null"],"minItems":1,"items":{"type":"string","pattern":"^[a-z0-9-]{1,40}$"}},"except":{"type":["array","null"],"items":{"type":"string","pattern":"^[a-z0-9-]{1,40}$"}},"draft":{"type":"boolean"},"checks":{"type":["array","null"],"items":{"type":"object","required":["code","severity","reason"],"additionalProperties":false,"properties":{"code":{"description":"The code of the check, as docs/checks.md has it.","enum":["document-kind","document-unknown-key","document-several-roots","document-name-duplicate","yaml-value-changed","yaml-control-character","yaml-comment","yaml-anchor","invisible-character","condition-missing","condition-syntax","condition-unknown-name","condition-empty-pattern","condition-unsupported","condition-undocumented","condition-upper-case","condition-mixed","condition-only-negative","selection-name","selection-unused","selection-shape","selection-mixed","keyword-all","keyword-field-like","keyword-modifier","negation-missing-field","modifier-unknown","modifier-unsupported","modifier-chain","modifier-value","modifier-value-type","all-single-value","list-null","value-escaped-wildcard","value-wildcard-redundant","value-duplicate","value-empty","regex-syntax","regex-whole-field","regex-never","time-value","time-field","time-zone","correlation-key","correlation-type","correlation-condition","correlation-reference","correlation-cycle","correlation-spelling","correlation-several-rules","correlation-chain-group","timespan","alias-incomplete","alias-unused","group-by-unknown","group-by-may-be-missing","field-unknown","field-case","field-never-filled"]},"severity":{"enum":["error","warning","off"]},"reason":{"description":"Why it is so for this detection.","type":"string","pattern":"\\S"}}}},"name":{"type":"string","minLength":5,"maxLength":100,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},"type":{"const":"sigma"},"description":{"type":["string","null"],"maxLength":1000,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},"severity":{"$ref":"#/$defs/severity"},"effort":{"$ref":"#/$defs/effort"},"alert_type_uuid":{"$ref":"#/$defs/uuid"},"alert_type":{"$ref":"#/$defs/alertType"},"enabled":{"type":"boolean"},"tags":{"type":["array","null"],"items":{"type":"string","minLength":1}},"related_object_refs":{"type":["array","null"],"items":{"type":"string","minLength":1}},"attack":{"$ref":"#/$defs/attack"},"datasources":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"event_fields":{"type":["array","null"],"items":{"type":"object","required":["field","description"],"additionalProperties":false,"properties":{"field":{"description":"Name of the field.","type":"string","minLength":1},"description":{"description":"Heading of the column; may be empty.","type":"string"}}}},"parameters":{"type":["array","null"],"items":{"type":"object","required":["value"],"additionalProperties":false,"properties":{"uuid":{"$ref":"#/$defs/uuid"},"name":{"type":"string"},"value":{"description":"Any value."}}}},"all_entities":{"type":"boolean"},"entities":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"all_assets":{"type":"boolean"},"assets":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"goal":{"type":["string","null"]},"false_positives":{"type":["string","null"]},"similarity_strategy":{"type":["array","null"],"items":{"type":["string","array"],"items":{"type":"string","minLength":1}}},"available_for_subcommunities":{"type":"boolean"},"community_uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},"subcommunities":{"type":["object","null"],"patternProperties":{"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$":{"enum":["enabled","disabled"]}},"additionalProperties":false}},"$defs":{"severity":{"type":["integer","string"],"minimum":0,"maximum":100,"pattern":"^(?:informational|low|medium|high|critical)$"},"effort":{"type":["integer","string"],"minimum":1,"maximum":4,"pattern":"^(?:elementary|intermediate|advanced|master)$"},"alertType":{"type":"string","maxLength":200,"pattern":"[^\\s/][\\s]*$"},"attack":{"type":["array","null"],"items":{"type":"string","pattern":"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"}},"overlay":{"type":"object","additionalProperties":false,"properties":{"draft":{"$ref":"#/properties/draft"},"description":{"$ref":"#/properties/description"},"severity":{"$ref":"#/properties/severity"},"effort":{"$ref":"#/properties/effort"},"alert_type_uuid":{"$ref":"#/properties/alert_type_uuid"},"alert_type":{"$ref":"#/properties/alert_type"},"attack":{"$ref":"#/properties/attack"},"enabled":{"$ref":"#/properties/enabled"},"tags":{"$ref":"#/properties/tags"},"related_object_refs":{"$ref":"#/properties/related_object_refs"},"datasources":{"$ref":"#/properties/datasources"},"event_fields":{"$ref":"#/properties/event_fields"},"parameters":{"$ref":"#/properties/parameters"},"all_entities":{"$ref":"#/properties/all_entities"},"entities":{"$ref":"#/properties/entities"},"all_assets":{"$ref":"#/properties/all_assets"},"assets":{"$ref":"#/properties/assets"},"goal":{"$ref":"#/properties/goal"},"false_positives":{"$ref":"#/properties/false_positives"},"similarity_strategy":{"$ref":"#/properties/similarity_strategy"},"available_for_subcommunities":{"$ref":"#/properties/available_for_subcommunities"},"community_uuid":{"$ref":"#/properties/community_uuid"},"subcommunities":{"$ref":"#/properties/subcommunities"}}},"uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"}}};
const schema35 = {"type":["integer","string"],"minimum":0,"maximum":100,"pattern":"^(?:informational|low|medium|high|critical)$"};
const schema36 = {"type":["integer","string"],"minimum":1,"maximum":4,"pattern":"^(?:elementary|intermediate|advanced|master)$"};
const schema37 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const schema38 = {"type":"string","maxLength":200,"pattern":"[^\\s/][\\s]*$"};
const schema39 = {"type":["array","null"],"items":{"type":"string","pattern":"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"}};
const func1 = Object.prototype.hasOwnProperty;
const func3 = ucs2length.default ?? ucs2length;
const pattern4 = new RegExp("^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$", "u");
const pattern5 = new RegExp("^[a-z0-9-]{1,40}$", "u");
const pattern25 = new RegExp("\\S", "u");
const pattern26 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern10 = new RegExp("^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern11 = new RegExp("^(?:informational|low|medium|high|critical)$", "u");
const pattern12 = new RegExp("^(?:elementary|intermediate|advanced|master)$", "u");
const pattern13 = new RegExp("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", "u");
const pattern14 = new RegExp("[^\\s/][\\s]*$", "u");
const pattern15 = new RegExp("^[Tt][0-9]{4}(?:\\.[0-9]{3})?$", "u");
const schema32 = {"type":"object","additionalProperties":false,"properties":{"draft":{"$ref":"#/properties/draft"},"description":{"$ref":"#/properties/description"},"severity":{"$ref":"#/properties/severity"},"effort":{"$ref":"#/properties/effort"},"alert_type_uuid":{"$ref":"#/properties/alert_type_uuid"},"alert_type":{"$ref":"#/properties/alert_type"},"attack":{"$ref":"#/properties/attack"},"enabled":{"$ref":"#/properties/enabled"},"tags":{"$ref":"#/properties/tags"},"related_object_refs":{"$ref":"#/properties/related_object_refs"},"datasources":{"$ref":"#/properties/datasources"},"event_fields":{"$ref":"#/properties/event_fields"},"parameters":{"$ref":"#/properties/parameters"},"all_entities":{"$ref":"#/properties/all_entities"},"entities":{"$ref":"#/properties/entities"},"all_assets":{"$ref":"#/properties/all_assets"},"assets":{"$ref":"#/properties/assets"},"goal":{"$ref":"#/properties/goal"},"false_positives":{"$ref":"#/properties/false_positives"},"similarity_strategy":{"$ref":"#/properties/similarity_strategy"},"available_for_subcommunities":{"$ref":"#/properties/available_for_subcommunities"},"community_uuid":{"$ref":"#/properties/community_uuid"},"subcommunities":{"$ref":"#/properties/subcommunities"}}};
const schema33 = {"type":"boolean"};
const schema34 = {"type":["string","null"],"maxLength":1000,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"};
const schema40 = {"type":"boolean"};
const schema41 = {"type":["array","null"],"items":{"type":"string","minLength":1}};
const schema42 = {"type":["array","null"],"items":{"type":"string","minLength":1}};
const schema45 = {"type":["array","null"],"items":{"type":"object","required":["field","description"],"additionalProperties":false,"properties":{"field":{"description":"Name of the field.","type":"string","minLength":1},"description":{"description":"Heading of the column; may be empty.","type":"string"}}}};
const schema48 = {"type":"boolean"};
const schema51 = {"type":"boolean"};
const schema54 = {"type":["string","null"]};
const schema55 = {"type":["string","null"]};
const schema56 = {"type":["array","null"],"items":{"type":["string","array"],"items":{"type":"string","minLength":1}}};
const schema57 = {"type":"boolean"};
const schema58 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const schema59 = {"type":["object","null"],"patternProperties":{"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$":{"enum":["enabled","disabled"]}},"additionalProperties":false};
const schema43 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

function validate22(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate22.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema43.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate22.errors = vErrors;
return errors === 0;
}
validate22.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema46 = {"type":["array","null"],"items":{"type":"object","required":["value"],"additionalProperties":false,"properties":{"uuid":{"$ref":"#/$defs/uuid"},"name":{"type":"string"},"value":{"description":"Any value."}}}};

function validate24(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate24.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema46.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.value === undefined){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
for(const key0 in data0){
if(!(((key0 === "uuid") || (key0 === "name")) || (key0 === "value"))){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data0.uuid !== undefined){
let data1 = data0.uuid;
if(typeof data1 === "string"){
if(!pattern13.test(data1)){
const err3 = {instancePath:instancePath+"/" + i0+"/uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/" + i0+"/uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data0.name !== undefined){
if(typeof data0.name !== "string"){
const err5 = {instancePath:instancePath+"/" + i0+"/name",schemaPath:"#/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/" + i0,schemaPath:"#/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
validate24.errors = vErrors;
return errors === 0;
}
validate24.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema49 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

function validate26(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate26.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema49.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate26.errors = vErrors;
return errors === 0;
}
validate26.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema52 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((!(Array.isArray(data))) && (data !== null)){
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema52.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern13.test(data0)){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema32.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.draft !== undefined){
if(typeof data.draft !== "boolean"){
const err1 = {instancePath:instancePath+"/draft",schemaPath:"#/properties/draft/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.description !== undefined){
let data1 = data.description;
if((typeof data1 !== "string") && (data1 !== null)){
const err2 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema34.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(typeof data1 === "string"){
if(func3(data1) > 1000){
const err3 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(!pattern10.test(data1)){
const err4 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
if(data.severity !== undefined){
let data2 = data.severity;
if((!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))) && (typeof data2 !== "string")){
const err5 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/type",keyword:"type",params:{type: schema35.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 100 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(typeof data2 === "string"){
if(!pattern11.test(data2)){
const err8 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/pattern",keyword:"pattern",params:{pattern: "^(?:informational|low|medium|high|critical)$"},message:"must match pattern \""+"^(?:informational|low|medium|high|critical)$"+"\""};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
}
if(data.effort !== undefined){
let data3 = data.effort;
if((!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))) && (typeof data3 !== "string")){
const err9 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: schema36.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 4 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(typeof data3 === "string"){
if(!pattern12.test(data3)){
const err12 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/pattern",keyword:"pattern",params:{pattern: "^(?:elementary|intermediate|advanced|master)$"},message:"must match pattern \""+"^(?:elementary|intermediate|advanced|master)$"+"\""};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.alert_type_uuid !== undefined){
let data4 = data.alert_type_uuid;
if(typeof data4 === "string"){
if(!pattern13.test(data4)){
const err13 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.alert_type !== undefined){
let data5 = data.alert_type;
if(typeof data5 === "string"){
if(func3(data5) > 200){
const err15 = {instancePath:instancePath+"/alert_type",schemaPath:"#/properties/alert_type/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
if(!pattern14.test(data5)){
const err16 = {instancePath:instancePath+"/alert_type",schemaPath:"#/properties/alert_type/pattern",keyword:"pattern",params:{pattern: "[^\\s/][\\s]*$"},message:"must match pattern \""+"[^\\s/][\\s]*$"+"\""};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/alert_type",schemaPath:"#/properties/alert_type/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.attack !== undefined){
let data6 = data.attack;
if((!(Array.isArray(data6))) && (data6 !== null)){
const err18 = {instancePath:instancePath+"/attack",schemaPath:"#/properties/attack/type",keyword:"type",params:{type: schema39.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern15.test(data7)){
const err19 = {instancePath:instancePath+"/attack/" + i0,schemaPath:"#/properties/attack/items/pattern",keyword:"pattern",params:{pattern: "^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"},message:"must match pattern \""+"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"+"\""};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/attack/" + i0,schemaPath:"#/properties/attack/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err21 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.tags !== undefined){
let data9 = data.tags;
if((!(Array.isArray(data9))) && (data9 !== null)){
const err22 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema41.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(func3(data10) < 1){
const err23 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err24 = {instancePath:instancePath+"/tags/" + i1,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
}
if(data.related_object_refs !== undefined){
let data11 = data.related_object_refs;
if((!(Array.isArray(data11))) && (data11 !== null)){
const err25 = {instancePath:instancePath+"/related_object_refs",schemaPath:"#/properties/related_object_refs/type",keyword:"type",params:{type: schema42.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(typeof data12 === "string"){
if(func3(data12) < 1){
const err26 = {instancePath:instancePath+"/related_object_refs/" + i2,schemaPath:"#/properties/related_object_refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/related_object_refs/" + i2,schemaPath:"#/properties/related_object_refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
}
if(data.datasources !== undefined){
if(!(validate22(data.datasources, {instancePath:instancePath+"/datasources",parentData:data,parentDataProperty:"datasources",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.event_fields !== undefined){
let data14 = data.event_fields;
if((!(Array.isArray(data14))) && (data14 !== null)){
const err28 = {instancePath:instancePath+"/event_fields",schemaPath:"#/properties/event_fields/type",keyword:"type",params:{type: schema45.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
if(Array.isArray(data14)){
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.field === undefined){
const err29 = {instancePath:instancePath+"/event_fields/" + i3,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if(data15.description === undefined){
const err30 = {instancePath:instancePath+"/event_fields/" + i3,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
for(const key1 in data15){
if(!((key1 === "field") || (key1 === "description"))){
const err31 = {instancePath:instancePath+"/event_fields/" + i3,schemaPath:"#/properties/event_fields/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data15.field !== undefined){
let data16 = data15.field;
if(typeof data16 === "string"){
if(func3(data16) < 1){
const err32 = {instancePath:instancePath+"/event_fields/" + i3+"/field",schemaPath:"#/properties/event_fields/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
else {
const err33 = {instancePath:instancePath+"/event_fields/" + i3+"/field",schemaPath:"#/properties/event_fields/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data15.description !== undefined){
if(typeof data15.description !== "string"){
const err34 = {instancePath:instancePath+"/event_fields/" + i3+"/description",schemaPath:"#/properties/event_fields/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
else {
const err35 = {instancePath:instancePath+"/event_fields/" + i3,schemaPath:"#/properties/event_fields/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
}
}
if(data.parameters !== undefined){
if(!(validate24(data.parameters, {instancePath:instancePath+"/parameters",parentData:data,parentDataProperty:"parameters",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.all_entities !== undefined){
if(typeof data.all_entities !== "boolean"){
const err36 = {instancePath:instancePath+"/all_entities",schemaPath:"#/properties/all_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.entities !== undefined){
if(!(validate26(data.entities, {instancePath:instancePath+"/entities",parentData:data,parentDataProperty:"entities",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate26.errors : vErrors.concat(validate26.errors);
errors = vErrors.length;
}
}
if(data.all_assets !== undefined){
if(typeof data.all_assets !== "boolean"){
const err37 = {instancePath:instancePath+"/all_assets",schemaPath:"#/properties/all_assets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.assets !== undefined){
if(!(validate28(data.assets, {instancePath:instancePath+"/assets",parentData:data,parentDataProperty:"assets",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data.goal !== undefined){
let data23 = data.goal;
if((typeof data23 !== "string") && (data23 !== null)){
const err38 = {instancePath:instancePath+"/goal",schemaPath:"#/properties/goal/type",keyword:"type",params:{type: schema54.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.false_positives !== undefined){
let data24 = data.false_positives;
if((typeof data24 !== "string") && (data24 !== null)){
const err39 = {instancePath:instancePath+"/false_positives",schemaPath:"#/properties/false_positives/type",keyword:"type",params:{type: schema55.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.similarity_strategy !== undefined){
let data25 = data.similarity_strategy;
if((!(Array.isArray(data25))) && (data25 !== null)){
const err40 = {instancePath:instancePath+"/similarity_strategy",schemaPath:"#/properties/similarity_strategy/type",keyword:"type",params:{type: schema56.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(Array.isArray(data25)){
const len4 = data25.length;
for(let i4=0; i4<len4; i4++){
let data26 = data25[i4];
if((typeof data26 !== "string") && (!(Array.isArray(data26)))){
const err41 = {instancePath:instancePath+"/similarity_strategy/" + i4,schemaPath:"#/properties/similarity_strategy/items/type",keyword:"type",params:{type: schema56.items.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(Array.isArray(data26)){
const len5 = data26.length;
for(let i5=0; i5<len5; i5++){
let data27 = data26[i5];
if(typeof data27 === "string"){
if(func3(data27) < 1){
const err42 = {instancePath:instancePath+"/similarity_strategy/" + i4+"/" + i5,schemaPath:"#/properties/similarity_strategy/items/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/similarity_strategy/" + i4+"/" + i5,schemaPath:"#/properties/similarity_strategy/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
}
}
}
if(data.available_for_subcommunities !== undefined){
if(typeof data.available_for_subcommunities !== "boolean"){
const err44 = {instancePath:instancePath+"/available_for_subcommunities",schemaPath:"#/properties/available_for_subcommunities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.community_uuid !== undefined){
let data29 = data.community_uuid;
if(typeof data29 === "string"){
if(!pattern13.test(data29)){
const err45 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
else {
const err46 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
if(data.subcommunities !== undefined){
let data30 = data.subcommunities;
if((!(data30 && typeof data30 == "object" && !Array.isArray(data30))) && (data30 !== null)){
const err47 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/type",keyword:"type",params:{type: schema59.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
for(const key2 in data30){
if(!(pattern13.test(key2))){
const err48 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
for(const key3 in data30){
if(pattern13.test(key3)){
let data31 = data30[key3];
if(!((data31 === "enabled") || (data31 === "disabled"))){
const err49 = {instancePath:instancePath+"/subcommunities/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/subcommunities/patternProperties/%5E%5B0-9a-fA-F%5D%7B8%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B12%7D%24/enum",keyword:"enum",params:{allowedValues: schema59.patternProperties["^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
}
}
}
else {
const err50 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


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
if(data.uuids !== undefined){
let data2 = data.uuids;
if((!(data2 && typeof data2 == "object" && !Array.isArray(data2))) && (data2 !== null)){
const err10 = {instancePath:instancePath+"/uuids",schemaPath:"#/properties/uuids/type",keyword:"type",params:{type: schema31.properties.uuids.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(pattern5.test(key1))){
const err11 = {instancePath:instancePath+"/uuids",schemaPath:"#/properties/uuids/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
for(const key2 in data2){
if(pattern5.test(key2)){
let data3 = data2[key2];
if((typeof data3 !== "string") && (data3 !== null)){
const err12 = {instancePath:instancePath+"/uuids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/uuids/patternProperties/%5E%5Ba-z0-9-%5D%7B1%2C40%7D%24/type",keyword:"type",params:{type: schema31.properties.uuids.patternProperties["^[a-z0-9-]{1,40}$"].type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err13 = {instancePath:instancePath+"/uuids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/uuids/patternProperties/%5E%5Ba-z0-9-%5D%7B1%2C40%7D%24/pattern",keyword:"pattern",params:{pattern: "^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},message:"must match pattern \""+"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
}
}
}
}
if(data.targets !== undefined){
let data4 = data.targets;
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (data4 !== null)){
const err14 = {instancePath:instancePath+"/targets",schemaPath:"#/properties/targets/type",keyword:"type",params:{type: schema31.properties.targets.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
if(!(pattern5.test(key3))){
const err15 = {instancePath:instancePath+"/targets",schemaPath:"#/properties/targets/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
for(const key4 in data4){
if(pattern5.test(key4)){
if(!(validate21(data4[key4], {instancePath:instancePath+"/targets/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
}
}
if(data.only !== undefined){
let data6 = data.only;
if((!(Array.isArray(data6))) && (data6 !== null)){
const err16 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/type",keyword:"type",params:{type: schema31.properties.only.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if(Array.isArray(data6)){
if(data6.length < 1){
const err17 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err18 = {instancePath:instancePath+"/only/" + i0,schemaPath:"#/properties/only/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
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
const err19 = {instancePath:instancePath+"/only/" + i0,schemaPath:"#/properties/only/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
if(data.except !== undefined){
let data8 = data.except;
if((!(Array.isArray(data8))) && (data8 !== null)){
const err20 = {instancePath:instancePath+"/except",schemaPath:"#/properties/except/type",keyword:"type",params:{type: schema31.properties.except.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(!pattern5.test(data9)){
const err21 = {instancePath:instancePath+"/except/" + i1,schemaPath:"#/properties/except/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/except/" + i1,schemaPath:"#/properties/except/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
}
if(data.draft !== undefined){
if(typeof data.draft !== "boolean"){
const err23 = {instancePath:instancePath+"/draft",schemaPath:"#/properties/draft/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.checks !== undefined){
let data11 = data.checks;
if((!(Array.isArray(data11))) && (data11 !== null)){
const err24 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/type",keyword:"type",params:{type: schema31.properties.checks.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.code === undefined){
const err25 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "code"},message:"must have required property '"+"code"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data12.severity === undefined){
const err26 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data12.reason === undefined){
const err27 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
for(const key5 in data12){
if(!(((key5 === "code") || (key5 === "severity")) || (key5 === "reason"))){
const err28 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data12.code !== undefined){
let data13 = data12.code;
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data13 === "document-kind") || (data13 === "document-unknown-key")) || (data13 === "document-several-roots")) || (data13 === "document-name-duplicate")) || (data13 === "yaml-value-changed")) || (data13 === "yaml-control-character")) || (data13 === "yaml-comment")) || (data13 === "yaml-anchor")) || (data13 === "invisible-character")) || (data13 === "condition-missing")) || (data13 === "condition-syntax")) || (data13 === "condition-unknown-name")) || (data13 === "condition-empty-pattern")) || (data13 === "condition-unsupported")) || (data13 === "condition-undocumented")) || (data13 === "condition-upper-case")) || (data13 === "condition-mixed")) || (data13 === "condition-only-negative")) || (data13 === "selection-name")) || (data13 === "selection-unused")) || (data13 === "selection-shape")) || (data13 === "selection-mixed")) || (data13 === "keyword-all")) || (data13 === "keyword-field-like")) || (data13 === "keyword-modifier")) || (data13 === "negation-missing-field")) || (data13 === "modifier-unknown")) || (data13 === "modifier-unsupported")) || (data13 === "modifier-chain")) || (data13 === "modifier-value")) || (data13 === "modifier-value-type")) || (data13 === "all-single-value")) || (data13 === "list-null")) || (data13 === "value-escaped-wildcard")) || (data13 === "value-wildcard-redundant")) || (data13 === "value-duplicate")) || (data13 === "value-empty")) || (data13 === "regex-syntax")) || (data13 === "regex-whole-field")) || (data13 === "regex-never")) || (data13 === "time-value")) || (data13 === "time-field")) || (data13 === "time-zone")) || (data13 === "correlation-key")) || (data13 === "correlation-type")) || (data13 === "correlation-condition")) || (data13 === "correlation-reference")) || (data13 === "correlation-cycle")) || (data13 === "correlation-spelling")) || (data13 === "correlation-several-rules")) || (data13 === "correlation-chain-group")) || (data13 === "timespan")) || (data13 === "alias-incomplete")) || (data13 === "alias-unused")) || (data13 === "group-by-unknown")) || (data13 === "group-by-may-be-missing")) || (data13 === "field-unknown")) || (data13 === "field-case")) || (data13 === "field-never-filled"))){
const err29 = {instancePath:instancePath+"/checks/" + i2+"/code",schemaPath:"#/properties/checks/items/properties/code/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.code.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data12.severity !== undefined){
let data14 = data12.severity;
if(!(((data14 === "error") || (data14 === "warning")) || (data14 === "off"))){
const err30 = {instancePath:instancePath+"/checks/" + i2+"/severity",schemaPath:"#/properties/checks/items/properties/severity/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data12.reason !== undefined){
let data15 = data12.reason;
if(typeof data15 === "string"){
if(!pattern25.test(data15)){
const err31 = {instancePath:instancePath+"/checks/" + i2+"/reason",schemaPath:"#/properties/checks/items/properties/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/checks/" + i2+"/reason",schemaPath:"#/properties/checks/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
else {
const err33 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
}
if(data.name !== undefined){
let data16 = data.name;
if(typeof data16 === "string"){
if(func3(data16) > 100){
const err34 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if(func3(data16) < 5){
const err35 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 5},message:"must NOT have fewer than 5 characters"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(!pattern26.test(data16)){
const err36 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.type !== undefined){
if("sigma" !== data.type){
const err38 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "sigma"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.description !== undefined){
let data18 = data.description;
if((typeof data18 !== "string") && (data18 !== null)){
const err39 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema31.properties.description.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(typeof data18 === "string"){
if(func3(data18) > 1000){
const err40 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if(!pattern10.test(data18)){
const err41 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
if(data.severity !== undefined){
let data19 = data.severity;
if((!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))) && (typeof data19 !== "string")){
const err42 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/type",keyword:"type",params:{type: schema35.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 100 || isNaN(data19)){
const err43 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if(data19 < 0 || isNaN(data19)){
const err44 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(typeof data19 === "string"){
if(!pattern11.test(data19)){
const err45 = {instancePath:instancePath+"/severity",schemaPath:"#/$defs/severity/pattern",keyword:"pattern",params:{pattern: "^(?:informational|low|medium|high|critical)$"},message:"must match pattern \""+"^(?:informational|low|medium|high|critical)$"+"\""};
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
if(data.effort !== undefined){
let data20 = data.effort;
if((!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))) && (typeof data20 !== "string")){
const err46 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/type",keyword:"type",params:{type: schema36.type},message:"must be integer,string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 4 || isNaN(data20)){
const err47 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data20 < 1 || isNaN(data20)){
const err48 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(typeof data20 === "string"){
if(!pattern12.test(data20)){
const err49 = {instancePath:instancePath+"/effort",schemaPath:"#/$defs/effort/pattern",keyword:"pattern",params:{pattern: "^(?:elementary|intermediate|advanced|master)$"},message:"must match pattern \""+"^(?:elementary|intermediate|advanced|master)$"+"\""};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
}
if(data.alert_type_uuid !== undefined){
let data21 = data.alert_type_uuid;
if(typeof data21 === "string"){
if(!pattern13.test(data21)){
const err50 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
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
const err51 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data.alert_type !== undefined){
let data22 = data.alert_type;
if(typeof data22 === "string"){
if(func3(data22) > 200){
const err52 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(!pattern14.test(data22)){
const err53 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/pattern",keyword:"pattern",params:{pattern: "[^\\s/][\\s]*$"},message:"must match pattern \""+"[^\\s/][\\s]*$"+"\""};
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
const err54 = {instancePath:instancePath+"/alert_type",schemaPath:"#/$defs/alertType/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err55 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data.tags !== undefined){
let data24 = data.tags;
if((!(Array.isArray(data24))) && (data24 !== null)){
const err56 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema31.properties.tags.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if(Array.isArray(data24)){
const len3 = data24.length;
for(let i3=0; i3<len3; i3++){
let data25 = data24[i3];
if(typeof data25 === "string"){
if(func3(data25) < 1){
const err57 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
else {
const err58 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
}
if(data.related_object_refs !== undefined){
let data26 = data.related_object_refs;
if((!(Array.isArray(data26))) && (data26 !== null)){
const err59 = {instancePath:instancePath+"/related_object_refs",schemaPath:"#/properties/related_object_refs/type",keyword:"type",params:{type: schema31.properties.related_object_refs.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(Array.isArray(data26)){
const len4 = data26.length;
for(let i4=0; i4<len4; i4++){
let data27 = data26[i4];
if(typeof data27 === "string"){
if(func3(data27) < 1){
const err60 = {instancePath:instancePath+"/related_object_refs/" + i4,schemaPath:"#/properties/related_object_refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
else {
const err61 = {instancePath:instancePath+"/related_object_refs/" + i4,schemaPath:"#/properties/related_object_refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
if(data.attack !== undefined){
let data28 = data.attack;
if((!(Array.isArray(data28))) && (data28 !== null)){
const err62 = {instancePath:instancePath+"/attack",schemaPath:"#/$defs/attack/type",keyword:"type",params:{type: schema39.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if(Array.isArray(data28)){
const len5 = data28.length;
for(let i5=0; i5<len5; i5++){
let data29 = data28[i5];
if(typeof data29 === "string"){
if(!pattern15.test(data29)){
const err63 = {instancePath:instancePath+"/attack/" + i5,schemaPath:"#/$defs/attack/items/pattern",keyword:"pattern",params:{pattern: "^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"},message:"must match pattern \""+"^[Tt][0-9]{4}(?:\\.[0-9]{3})?$"+"\""};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/attack/" + i5,schemaPath:"#/$defs/attack/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
}
if(data.datasources !== undefined){
let data30 = data.datasources;
if((!(Array.isArray(data30))) && (data30 !== null)){
const err65 = {instancePath:instancePath+"/datasources",schemaPath:"#/properties/datasources/type",keyword:"type",params:{type: schema31.properties.datasources.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(Array.isArray(data30)){
const len6 = data30.length;
for(let i6=0; i6<len6; i6++){
let data31 = data30[i6];
if(typeof data31 === "string"){
if(!pattern13.test(data31)){
const err66 = {instancePath:instancePath+"/datasources/" + i6,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
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
const err67 = {instancePath:instancePath+"/datasources/" + i6,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
}
if(data.event_fields !== undefined){
let data32 = data.event_fields;
if((!(Array.isArray(data32))) && (data32 !== null)){
const err68 = {instancePath:instancePath+"/event_fields",schemaPath:"#/properties/event_fields/type",keyword:"type",params:{type: schema31.properties.event_fields.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
if(Array.isArray(data32)){
const len7 = data32.length;
for(let i7=0; i7<len7; i7++){
let data33 = data32[i7];
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
if(data33.field === undefined){
const err69 = {instancePath:instancePath+"/event_fields/" + i7,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
if(data33.description === undefined){
const err70 = {instancePath:instancePath+"/event_fields/" + i7,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
for(const key6 in data33){
if(!((key6 === "field") || (key6 === "description"))){
const err71 = {instancePath:instancePath+"/event_fields/" + i7,schemaPath:"#/properties/event_fields/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data33.field !== undefined){
let data34 = data33.field;
if(typeof data34 === "string"){
if(func3(data34) < 1){
const err72 = {instancePath:instancePath+"/event_fields/" + i7+"/field",schemaPath:"#/properties/event_fields/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err73 = {instancePath:instancePath+"/event_fields/" + i7+"/field",schemaPath:"#/properties/event_fields/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data33.description !== undefined){
if(typeof data33.description !== "string"){
const err74 = {instancePath:instancePath+"/event_fields/" + i7+"/description",schemaPath:"#/properties/event_fields/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/event_fields/" + i7,schemaPath:"#/properties/event_fields/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
}
if(data.parameters !== undefined){
let data36 = data.parameters;
if((!(Array.isArray(data36))) && (data36 !== null)){
const err76 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: schema31.properties.parameters.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
if(Array.isArray(data36)){
const len8 = data36.length;
for(let i8=0; i8<len8; i8++){
let data37 = data36[i8];
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
if(data37.value === undefined){
const err77 = {instancePath:instancePath+"/parameters/" + i8,schemaPath:"#/properties/parameters/items/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
for(const key7 in data37){
if(!(((key7 === "uuid") || (key7 === "name")) || (key7 === "value"))){
const err78 = {instancePath:instancePath+"/parameters/" + i8,schemaPath:"#/properties/parameters/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data37.uuid !== undefined){
let data38 = data37.uuid;
if(typeof data38 === "string"){
if(!pattern13.test(data38)){
const err79 = {instancePath:instancePath+"/parameters/" + i8+"/uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
else {
const err80 = {instancePath:instancePath+"/parameters/" + i8+"/uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data37.name !== undefined){
if(typeof data37.name !== "string"){
const err81 = {instancePath:instancePath+"/parameters/" + i8+"/name",schemaPath:"#/properties/parameters/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/parameters/" + i8,schemaPath:"#/properties/parameters/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
}
if(data.all_entities !== undefined){
if(typeof data.all_entities !== "boolean"){
const err83 = {instancePath:instancePath+"/all_entities",schemaPath:"#/properties/all_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.entities !== undefined){
let data41 = data.entities;
if((!(Array.isArray(data41))) && (data41 !== null)){
const err84 = {instancePath:instancePath+"/entities",schemaPath:"#/properties/entities/type",keyword:"type",params:{type: schema31.properties.entities.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(Array.isArray(data41)){
const len9 = data41.length;
for(let i9=0; i9<len9; i9++){
let data42 = data41[i9];
if(typeof data42 === "string"){
if(!pattern13.test(data42)){
const err85 = {instancePath:instancePath+"/entities/" + i9,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {instancePath:instancePath+"/entities/" + i9,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
}
if(data.all_assets !== undefined){
if(typeof data.all_assets !== "boolean"){
const err87 = {instancePath:instancePath+"/all_assets",schemaPath:"#/properties/all_assets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.assets !== undefined){
let data44 = data.assets;
if((!(Array.isArray(data44))) && (data44 !== null)){
const err88 = {instancePath:instancePath+"/assets",schemaPath:"#/properties/assets/type",keyword:"type",params:{type: schema31.properties.assets.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(Array.isArray(data44)){
const len10 = data44.length;
for(let i10=0; i10<len10; i10++){
let data45 = data44[i10];
if(typeof data45 === "string"){
if(!pattern13.test(data45)){
const err89 = {instancePath:instancePath+"/assets/" + i10,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
else {
const err90 = {instancePath:instancePath+"/assets/" + i10,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
}
}
if(data.goal !== undefined){
let data46 = data.goal;
if((typeof data46 !== "string") && (data46 !== null)){
const err91 = {instancePath:instancePath+"/goal",schemaPath:"#/properties/goal/type",keyword:"type",params:{type: schema31.properties.goal.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
if(data.false_positives !== undefined){
let data47 = data.false_positives;
if((typeof data47 !== "string") && (data47 !== null)){
const err92 = {instancePath:instancePath+"/false_positives",schemaPath:"#/properties/false_positives/type",keyword:"type",params:{type: schema31.properties.false_positives.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data.similarity_strategy !== undefined){
let data48 = data.similarity_strategy;
if((!(Array.isArray(data48))) && (data48 !== null)){
const err93 = {instancePath:instancePath+"/similarity_strategy",schemaPath:"#/properties/similarity_strategy/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
if(Array.isArray(data48)){
const len11 = data48.length;
for(let i11=0; i11<len11; i11++){
let data49 = data48[i11];
if((typeof data49 !== "string") && (!(Array.isArray(data49)))){
const err94 = {instancePath:instancePath+"/similarity_strategy/" + i11,schemaPath:"#/properties/similarity_strategy/items/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.items.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
if(Array.isArray(data49)){
const len12 = data49.length;
for(let i12=0; i12<len12; i12++){
let data50 = data49[i12];
if(typeof data50 === "string"){
if(func3(data50) < 1){
const err95 = {instancePath:instancePath+"/similarity_strategy/" + i11+"/" + i12,schemaPath:"#/properties/similarity_strategy/items/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
else {
const err96 = {instancePath:instancePath+"/similarity_strategy/" + i11+"/" + i12,schemaPath:"#/properties/similarity_strategy/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
}
}
}
if(data.available_for_subcommunities !== undefined){
if(typeof data.available_for_subcommunities !== "boolean"){
const err97 = {instancePath:instancePath+"/available_for_subcommunities",schemaPath:"#/properties/available_for_subcommunities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.community_uuid !== undefined){
let data52 = data.community_uuid;
if(typeof data52 === "string"){
if(!pattern13.test(data52)){
const err98 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
else {
const err99 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data.subcommunities !== undefined){
let data53 = data.subcommunities;
if((!(data53 && typeof data53 == "object" && !Array.isArray(data53))) && (data53 !== null)){
const err100 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/type",keyword:"type",params:{type: schema31.properties.subcommunities.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
for(const key8 in data53){
if(!(pattern13.test(key8))){
const err101 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
for(const key9 in data53){
if(pattern13.test(key9)){
let data54 = data53[key9];
if(!((data54 === "enabled") || (data54 === "disabled"))){
const err102 = {instancePath:instancePath+"/subcommunities/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/subcommunities/patternProperties/%5E%5B0-9a-fA-F%5D%7B8%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B12%7D%24/enum",keyword:"enum",params:{allowedValues: schema31.properties.subcommunities.patternProperties["^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
}
}
}
}
else {
const err103 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
