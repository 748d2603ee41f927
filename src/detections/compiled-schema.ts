// @ts-nocheck
// Written by scripts/compile-schema.mjs from schema/detection.schema.json: run `npm run schema` to write it anew.
import ucs2length from 'ajv/dist/runtime/ucs2length.js';
export const keys = ["$schema","uuid","uuids","targets","only","except","draft","checks","name","type","description","severity","effort","alert_type_uuid","enabled","tags","related_object_refs","datasources","event_fields","parameters","all_entities","entities","all_assets","assets","goal","false_positives","similarity_strategy","available_for_subcommunities","community_uuid","subcommunities"];
export const overlayKeys = ["draft","description","severity","effort","alert_type_uuid","enabled","tags","related_object_refs","datasources","event_fields","parameters","all_entities","entities","all_assets","assets","goal","false_positives","similarity_strategy","available_for_subcommunities","community_uuid","subcommunities"];
export const validate = validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:sekoia-detections-action:detection","type":"object","required":["name","severity","effort","alert_type_uuid"],"additionalProperties":false,"properties":{"$schema":{"type":"string"},"uuid":{"type":["string","null"],"pattern":"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},"uuids":{"type":["object","null"],"patternProperties":{"^[a-z0-9-]{1,40}$":{"type":["string","null"],"pattern":"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"}},"additionalProperties":false},"targets":{"type":["object","null"],"patternProperties":{"^[a-z0-9-]{1,40}$":{"$ref":"#/$defs/overlay"}},"additionalProperties":false},"only":{"type":["array","null"],"minItems":1,"items":{"type":"string","pattern":"^[a-z0-9-]{1,40}$"}},"except":{"type":["array","null"],"items":{"type":"string","pattern":"^[a-z0-9-]{1,40}$"}},"draft":{"type":"boolean"},"checks":{"type":["array","null"],"items":{"type":"object","required":["code","severity","reason"],"additionalProperties":false,"properties":{"code":{"description":"The code of the check, as docs/checks.md has it.","enum":["document-kind","document-unknown-key","document-several-roots","document-name-duplicate","yaml-value-changed","yaml-control-character","yaml-comment","yaml-anchor","invisible-character","condition-missing","condition-syntax","condition-unknown-name","condition-empty-pattern","condition-unsupported","condition-undocumented","condition-upper-case","condition-mixed","condition-only-negative","selection-name","selection-unused","selection-shape","selection-mixed","keyword-all","keyword-field-like","keyword-modifier","negation-missing-field","modifier-unknown","modifier-unsupported","modifier-chain","modifier-value","modifier-value-type","all-single-value","list-null","value-escaped-wildcard","value-wildcard-redundant","value-duplicate","value-empty","regex-syntax","regex-whole-field","regex-never","time-value","time-field","time-zone","correlation-key","correlation-type","correlation-condition","correlation-reference","correlation-cycle","correlation-spelling","correlation-several-rules","correlation-chain-group","timespan","alias-incomplete","alias-unused","group-by-unknown","group-by-may-be-missing","field-unknown","field-case","field-never-filled"]},"severity":{"enum":["error","warning","off"]},"reason":{"description":"Why it is so for this detection.","type":"string","pattern":"\\S"}}}},"name":{"type":"string","minLength":5,"maxLength":100,"pattern":"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},"type":{"const":"sigma"},"description":{"type":["string","null"],"maxLength":1000,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},"severity":{"type":"integer","minimum":0,"maximum":100},"effort":{"type":"integer","minimum":1,"maximum":4},"alert_type_uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},"enabled":{"type":"boolean"},"tags":{"type":["array","null"],"items":{"type":"string","minLength":1}},"related_object_refs":{"type":["array","null"],"items":{"type":"string","minLength":1}},"datasources":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"event_fields":{"type":["array","null"],"items":{"type":"object","required":["field","description"],"additionalProperties":false,"properties":{"field":{"description":"Name of the field.","type":"string","minLength":1},"description":{"description":"Heading of the column; may be empty.","type":"string"}}}},"parameters":{"type":["array","null"],"items":{"type":"object","required":["value"],"additionalProperties":false,"properties":{"uuid":{"$ref":"#/$defs/uuid"},"name":{"type":"string"},"value":{"description":"Any value."}}}},"all_entities":{"type":"boolean"},"entities":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"all_assets":{"type":"boolean"},"assets":{"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}},"goal":{"type":["string","null"]},"false_positives":{"type":["string","null"]},"similarity_strategy":{"type":["array","null"],"items":{"type":["string","array"],"items":{"type":"string","minLength":1}}},"available_for_subcommunities":{"type":"boolean"},"community_uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},"subcommunities":{"type":["object","null"],"patternProperties":{"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$":{"enum":["enabled","disabled"]}},"additionalProperties":false}},"$defs":{"overlay":{"type":"object","additionalProperties":false,"properties":{"draft":{"$ref":"#/properties/draft"},"description":{"$ref":"#/properties/description"},"severity":{"$ref":"#/properties/severity"},"effort":{"$ref":"#/properties/effort"},"alert_type_uuid":{"$ref":"#/properties/alert_type_uuid"},"enabled":{"$ref":"#/properties/enabled"},"tags":{"$ref":"#/properties/tags"},"related_object_refs":{"$ref":"#/properties/related_object_refs"},"datasources":{"$ref":"#/properties/datasources"},"event_fields":{"$ref":"#/properties/event_fields"},"parameters":{"$ref":"#/properties/parameters"},"all_entities":{"$ref":"#/properties/all_entities"},"entities":{"$ref":"#/properties/entities"},"all_assets":{"$ref":"#/properties/all_assets"},"assets":{"$ref":"#/properties/assets"},"goal":{"$ref":"#/properties/goal"},"false_positives":{"$ref":"#/properties/false_positives"},"similarity_strategy":{"$ref":"#/properties/similarity_strategy"},"available_for_subcommunities":{"$ref":"#/properties/available_for_subcommunities"},"community_uuid":{"$ref":"#/properties/community_uuid"},"subcommunities":{"$ref":"#/properties/subcommunities"}}},"uuid":{"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"}}};
const schema42 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const func1 = Object.prototype.hasOwnProperty;
const func3 = ucs2length.default ?? ucs2length;
const pattern4 = new RegExp("^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$", "u");
const pattern5 = new RegExp("^[a-z0-9-]{1,40}$", "u");
const pattern21 = new RegExp("\\S", "u");
const pattern22 = new RegExp("^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern10 = new RegExp("^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$", "u");
const pattern11 = new RegExp("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$", "u");
const schema32 = {"type":"object","additionalProperties":false,"properties":{"draft":{"$ref":"#/properties/draft"},"description":{"$ref":"#/properties/description"},"severity":{"$ref":"#/properties/severity"},"effort":{"$ref":"#/properties/effort"},"alert_type_uuid":{"$ref":"#/properties/alert_type_uuid"},"enabled":{"$ref":"#/properties/enabled"},"tags":{"$ref":"#/properties/tags"},"related_object_refs":{"$ref":"#/properties/related_object_refs"},"datasources":{"$ref":"#/properties/datasources"},"event_fields":{"$ref":"#/properties/event_fields"},"parameters":{"$ref":"#/properties/parameters"},"all_entities":{"$ref":"#/properties/all_entities"},"entities":{"$ref":"#/properties/entities"},"all_assets":{"$ref":"#/properties/all_assets"},"assets":{"$ref":"#/properties/assets"},"goal":{"$ref":"#/properties/goal"},"false_positives":{"$ref":"#/properties/false_positives"},"similarity_strategy":{"$ref":"#/properties/similarity_strategy"},"available_for_subcommunities":{"$ref":"#/properties/available_for_subcommunities"},"community_uuid":{"$ref":"#/properties/community_uuid"},"subcommunities":{"$ref":"#/properties/subcommunities"}}};
const schema33 = {"type":"boolean"};
const schema34 = {"type":["string","null"],"maxLength":1000,"pattern":"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"};
const schema35 = {"type":"integer","minimum":0,"maximum":100};
const schema36 = {"type":"integer","minimum":1,"maximum":4};
const schema37 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const schema38 = {"type":"boolean"};
const schema39 = {"type":["array","null"],"items":{"type":"string","minLength":1}};
const schema40 = {"type":["array","null"],"items":{"type":"string","minLength":1}};
const schema43 = {"type":["array","null"],"items":{"type":"object","required":["field","description"],"additionalProperties":false,"properties":{"field":{"description":"Name of the field.","type":"string","minLength":1},"description":{"description":"Heading of the column; may be empty.","type":"string"}}}};
const schema46 = {"type":"boolean"};
const schema49 = {"type":"boolean"};
const schema52 = {"type":["string","null"]};
const schema53 = {"type":["string","null"]};
const schema54 = {"type":["array","null"],"items":{"type":["string","array"],"items":{"type":"string","minLength":1}}};
const schema55 = {"type":"boolean"};
const schema56 = {"type":"string","pattern":"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"};
const schema57 = {"type":["object","null"],"patternProperties":{"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$":{"enum":["enabled","disabled"]}},"additionalProperties":false};
const schema41 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

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
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema41.type},message:"must be array,null"};
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
if(!pattern11.test(data0)){
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

const schema44 = {"type":["array","null"],"items":{"type":"object","required":["value"],"additionalProperties":false,"properties":{"uuid":{"$ref":"#/$defs/uuid"},"name":{"type":"string"},"value":{"description":"Any value."}}}};

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
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema44.type},message:"must be array,null"};
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
if(!pattern11.test(data1)){
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

const schema47 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

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
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema47.type},message:"must be array,null"};
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
if(!pattern11.test(data0)){
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

const schema50 = {"type":["array","null"],"items":{"$ref":"#/$defs/uuid"}};

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
const err0 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: schema50.type},message:"must be array,null"};
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
if(!pattern11.test(data0)){
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
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err5 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
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
}
if(data.effort !== undefined){
let data3 = data.effort;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err8 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 4 || isNaN(data3)){
const err9 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data3 < 1 || isNaN(data3)){
const err10 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
if(data.alert_type_uuid !== undefined){
let data4 = data.alert_type_uuid;
if(typeof data4 === "string"){
if(!pattern11.test(data4)){
const err11 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err13 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.tags !== undefined){
let data6 = data.tags;
if((!(Array.isArray(data6))) && (data6 !== null)){
const err14 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema39.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(func3(data7) < 1){
const err15 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/tags/" + i0,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
}
}
if(data.related_object_refs !== undefined){
let data8 = data.related_object_refs;
if((!(Array.isArray(data8))) && (data8 !== null)){
const err17 = {instancePath:instancePath+"/related_object_refs",schemaPath:"#/properties/related_object_refs/type",keyword:"type",params:{type: schema40.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(func3(data9) < 1){
const err18 = {instancePath:instancePath+"/related_object_refs/" + i1,schemaPath:"#/properties/related_object_refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err19 = {instancePath:instancePath+"/related_object_refs/" + i1,schemaPath:"#/properties/related_object_refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data.datasources !== undefined){
if(!(validate22(data.datasources, {instancePath:instancePath+"/datasources",parentData:data,parentDataProperty:"datasources",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate22.errors : vErrors.concat(validate22.errors);
errors = vErrors.length;
}
}
if(data.event_fields !== undefined){
let data11 = data.event_fields;
if((!(Array.isArray(data11))) && (data11 !== null)){
const err20 = {instancePath:instancePath+"/event_fields",schemaPath:"#/properties/event_fields/type",keyword:"type",params:{type: schema43.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.field === undefined){
const err21 = {instancePath:instancePath+"/event_fields/" + i2,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
if(data12.description === undefined){
const err22 = {instancePath:instancePath+"/event_fields/" + i2,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
for(const key1 in data12){
if(!((key1 === "field") || (key1 === "description"))){
const err23 = {instancePath:instancePath+"/event_fields/" + i2,schemaPath:"#/properties/event_fields/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data12.field !== undefined){
let data13 = data12.field;
if(typeof data13 === "string"){
if(func3(data13) < 1){
const err24 = {instancePath:instancePath+"/event_fields/" + i2+"/field",schemaPath:"#/properties/event_fields/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
else {
const err25 = {instancePath:instancePath+"/event_fields/" + i2+"/field",schemaPath:"#/properties/event_fields/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data12.description !== undefined){
if(typeof data12.description !== "string"){
const err26 = {instancePath:instancePath+"/event_fields/" + i2+"/description",schemaPath:"#/properties/event_fields/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
else {
const err27 = {instancePath:instancePath+"/event_fields/" + i2,schemaPath:"#/properties/event_fields/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
if(data.parameters !== undefined){
if(!(validate24(data.parameters, {instancePath:instancePath+"/parameters",parentData:data,parentDataProperty:"parameters",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors);
errors = vErrors.length;
}
}
if(data.all_entities !== undefined){
if(typeof data.all_entities !== "boolean"){
const err28 = {instancePath:instancePath+"/all_entities",schemaPath:"#/properties/all_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
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
const err29 = {instancePath:instancePath+"/all_assets",schemaPath:"#/properties/all_assets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
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
let data20 = data.goal;
if((typeof data20 !== "string") && (data20 !== null)){
const err30 = {instancePath:instancePath+"/goal",schemaPath:"#/properties/goal/type",keyword:"type",params:{type: schema52.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data.false_positives !== undefined){
let data21 = data.false_positives;
if((typeof data21 !== "string") && (data21 !== null)){
const err31 = {instancePath:instancePath+"/false_positives",schemaPath:"#/properties/false_positives/type",keyword:"type",params:{type: schema53.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.similarity_strategy !== undefined){
let data22 = data.similarity_strategy;
if((!(Array.isArray(data22))) && (data22 !== null)){
const err32 = {instancePath:instancePath+"/similarity_strategy",schemaPath:"#/properties/similarity_strategy/type",keyword:"type",params:{type: schema54.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(Array.isArray(data22)){
const len3 = data22.length;
for(let i3=0; i3<len3; i3++){
let data23 = data22[i3];
if((typeof data23 !== "string") && (!(Array.isArray(data23)))){
const err33 = {instancePath:instancePath+"/similarity_strategy/" + i3,schemaPath:"#/properties/similarity_strategy/items/type",keyword:"type",params:{type: schema54.items.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(Array.isArray(data23)){
const len4 = data23.length;
for(let i4=0; i4<len4; i4++){
let data24 = data23[i4];
if(typeof data24 === "string"){
if(func3(data24) < 1){
const err34 = {instancePath:instancePath+"/similarity_strategy/" + i3+"/" + i4,schemaPath:"#/properties/similarity_strategy/items/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/similarity_strategy/" + i3+"/" + i4,schemaPath:"#/properties/similarity_strategy/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
}
if(data.available_for_subcommunities !== undefined){
if(typeof data.available_for_subcommunities !== "boolean"){
const err36 = {instancePath:instancePath+"/available_for_subcommunities",schemaPath:"#/properties/available_for_subcommunities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.community_uuid !== undefined){
let data26 = data.community_uuid;
if(typeof data26 === "string"){
if(!pattern11.test(data26)){
const err37 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
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
const err38 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.subcommunities !== undefined){
let data27 = data.subcommunities;
if((!(data27 && typeof data27 == "object" && !Array.isArray(data27))) && (data27 !== null)){
const err39 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/type",keyword:"type",params:{type: schema57.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if(data27 && typeof data27 == "object" && !Array.isArray(data27)){
for(const key2 in data27){
if(!(pattern11.test(key2))){
const err40 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
for(const key3 in data27){
if(pattern11.test(key3)){
let data28 = data27[key3];
if(!((data28 === "enabled") || (data28 === "disabled"))){
const err41 = {instancePath:instancePath+"/subcommunities/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/subcommunities/patternProperties/%5E%5B0-9a-fA-F%5D%7B8%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B12%7D%24/enum",keyword:"enum",params:{allowedValues: schema57.patternProperties["^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"].enum},message:"must be equal to one of the allowed values"};
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
}
}
}
else {
const err42 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
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
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.severity === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.effort === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "effort"},message:"must have required property '"+"effort"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.alert_type_uuid === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "alert_type_uuid"},message:"must have required property '"+"alert_type_uuid"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err5 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.uuid !== undefined){
let data1 = data.uuid;
if((typeof data1 !== "string") && (data1 !== null)){
const err6 = {instancePath:instancePath+"/uuid",schemaPath:"#/properties/uuid/type",keyword:"type",params:{type: schema31.properties.uuid.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err7 = {instancePath:instancePath+"/uuid",schemaPath:"#/properties/uuid/pattern",keyword:"pattern",params:{pattern: "^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},message:"must match pattern \""+"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"+"\""};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.uuids !== undefined){
let data2 = data.uuids;
if((!(data2 && typeof data2 == "object" && !Array.isArray(data2))) && (data2 !== null)){
const err8 = {instancePath:instancePath+"/uuids",schemaPath:"#/properties/uuids/type",keyword:"type",params:{type: schema31.properties.uuids.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(pattern5.test(key1))){
const err9 = {instancePath:instancePath+"/uuids",schemaPath:"#/properties/uuids/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
for(const key2 in data2){
if(pattern5.test(key2)){
let data3 = data2[key2];
if((typeof data3 !== "string") && (data3 !== null)){
const err10 = {instancePath:instancePath+"/uuids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/uuids/patternProperties/%5E%5Ba-z0-9-%5D%7B1%2C40%7D%24/type",keyword:"type",params:{type: schema31.properties.uuids.patternProperties["^[a-z0-9-]{1,40}$"].type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(typeof data3 === "string"){
if(!pattern4.test(data3)){
const err11 = {instancePath:instancePath+"/uuids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/uuids/patternProperties/%5E%5Ba-z0-9-%5D%7B1%2C40%7D%24/pattern",keyword:"pattern",params:{pattern: "^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"},message:"must match pattern \""+"^\\s*(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\s*)?$"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
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
const err12 = {instancePath:instancePath+"/targets",schemaPath:"#/properties/targets/type",keyword:"type",params:{type: schema31.properties.targets.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key3 in data4){
if(!(pattern5.test(key3))){
const err13 = {instancePath:instancePath+"/targets",schemaPath:"#/properties/targets/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
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
const err14 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/type",keyword:"type",params:{type: schema31.properties.only.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
if(Array.isArray(data6)){
if(data6.length < 1){
const err15 = {instancePath:instancePath+"/only",schemaPath:"#/properties/only/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
let data7 = data6[i0];
if(typeof data7 === "string"){
if(!pattern5.test(data7)){
const err16 = {instancePath:instancePath+"/only/" + i0,schemaPath:"#/properties/only/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
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
const err17 = {instancePath:instancePath+"/only/" + i0,schemaPath:"#/properties/only/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
}
if(data.except !== undefined){
let data8 = data.except;
if((!(Array.isArray(data8))) && (data8 !== null)){
const err18 = {instancePath:instancePath+"/except",schemaPath:"#/properties/except/type",keyword:"type",params:{type: schema31.properties.except.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
let data9 = data8[i1];
if(typeof data9 === "string"){
if(!pattern5.test(data9)){
const err19 = {instancePath:instancePath+"/except/" + i1,schemaPath:"#/properties/except/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9-]{1,40}$"},message:"must match pattern \""+"^[a-z0-9-]{1,40}$"+"\""};
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
const err20 = {instancePath:instancePath+"/except/" + i1,schemaPath:"#/properties/except/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data.draft !== undefined){
if(typeof data.draft !== "boolean"){
const err21 = {instancePath:instancePath+"/draft",schemaPath:"#/properties/draft/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.checks !== undefined){
let data11 = data.checks;
if((!(Array.isArray(data11))) && (data11 !== null)){
const err22 = {instancePath:instancePath+"/checks",schemaPath:"#/properties/checks/type",keyword:"type",params:{type: schema31.properties.checks.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.code === undefined){
const err23 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "code"},message:"must have required property '"+"code"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data12.severity === undefined){
const err24 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "severity"},message:"must have required property '"+"severity"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data12.reason === undefined){
const err25 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
for(const key5 in data12){
if(!(((key5 === "code") || (key5 === "severity")) || (key5 === "reason"))){
const err26 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data12.code !== undefined){
let data13 = data12.code;
if(!(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((data13 === "document-kind") || (data13 === "document-unknown-key")) || (data13 === "document-several-roots")) || (data13 === "document-name-duplicate")) || (data13 === "yaml-value-changed")) || (data13 === "yaml-control-character")) || (data13 === "yaml-comment")) || (data13 === "yaml-anchor")) || (data13 === "invisible-character")) || (data13 === "condition-missing")) || (data13 === "condition-syntax")) || (data13 === "condition-unknown-name")) || (data13 === "condition-empty-pattern")) || (data13 === "condition-unsupported")) || (data13 === "condition-undocumented")) || (data13 === "condition-upper-case")) || (data13 === "condition-mixed")) || (data13 === "condition-only-negative")) || (data13 === "selection-name")) || (data13 === "selection-unused")) || (data13 === "selection-shape")) || (data13 === "selection-mixed")) || (data13 === "keyword-all")) || (data13 === "keyword-field-like")) || (data13 === "keyword-modifier")) || (data13 === "negation-missing-field")) || (data13 === "modifier-unknown")) || (data13 === "modifier-unsupported")) || (data13 === "modifier-chain")) || (data13 === "modifier-value")) || (data13 === "modifier-value-type")) || (data13 === "all-single-value")) || (data13 === "list-null")) || (data13 === "value-escaped-wildcard")) || (data13 === "value-wildcard-redundant")) || (data13 === "value-duplicate")) || (data13 === "value-empty")) || (data13 === "regex-syntax")) || (data13 === "regex-whole-field")) || (data13 === "regex-never")) || (data13 === "time-value")) || (data13 === "time-field")) || (data13 === "time-zone")) || (data13 === "correlation-key")) || (data13 === "correlation-type")) || (data13 === "correlation-condition")) || (data13 === "correlation-reference")) || (data13 === "correlation-cycle")) || (data13 === "correlation-spelling")) || (data13 === "correlation-several-rules")) || (data13 === "correlation-chain-group")) || (data13 === "timespan")) || (data13 === "alias-incomplete")) || (data13 === "alias-unused")) || (data13 === "group-by-unknown")) || (data13 === "group-by-may-be-missing")) || (data13 === "field-unknown")) || (data13 === "field-case")) || (data13 === "field-never-filled"))){
const err27 = {instancePath:instancePath+"/checks/" + i2+"/code",schemaPath:"#/properties/checks/items/properties/code/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.code.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data12.severity !== undefined){
let data14 = data12.severity;
if(!(((data14 === "error") || (data14 === "warning")) || (data14 === "off"))){
const err28 = {instancePath:instancePath+"/checks/" + i2+"/severity",schemaPath:"#/properties/checks/items/properties/severity/enum",keyword:"enum",params:{allowedValues: schema31.properties.checks.items.properties.severity.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data12.reason !== undefined){
let data15 = data12.reason;
if(typeof data15 === "string"){
if(!pattern21.test(data15)){
const err29 = {instancePath:instancePath+"/checks/" + i2+"/reason",schemaPath:"#/properties/checks/items/properties/reason/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\""};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/checks/" + i2+"/reason",schemaPath:"#/properties/checks/items/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/checks/" + i2,schemaPath:"#/properties/checks/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
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
const err32 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/maxLength",keyword:"maxLength",params:{limit: 100},message:"must NOT have more than 100 characters"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(func3(data16) < 5){
const err33 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/minLength",keyword:"minLength",params:{limit: 5},message:"must NOT have fewer than 5 characters"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if(!pattern22.test(data16)){
const err34 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/name",schemaPath:"#/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.type !== undefined){
if("sigma" !== data.type){
const err36 = {instancePath:instancePath+"/type",schemaPath:"#/properties/type/const",keyword:"const",params:{allowedValue: "sigma"},message:"must be equal to constant"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data.description !== undefined){
let data18 = data.description;
if((typeof data18 !== "string") && (data18 !== null)){
const err37 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/type",keyword:"type",params:{type: schema31.properties.description.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if(typeof data18 === "string"){
if(func3(data18) > 1000){
const err38 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/maxLength",keyword:"maxLength",params:{limit: 1000},message:"must NOT have more than 1000 characters"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(!pattern10.test(data18)){
const err39 = {instancePath:instancePath+"/description",schemaPath:"#/properties/description/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$"+"\""};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
if(data.severity !== undefined){
let data19 = data.severity;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
const err40 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 100 || isNaN(data19)){
const err41 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
if(data19 < 0 || isNaN(data19)){
const err42 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
if(data.effort !== undefined){
let data20 = data.effort;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err43 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 4 || isNaN(data20)){
const err44 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4},message:"must be <= 4"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if(data20 < 1 || isNaN(data20)){
const err45 = {instancePath:instancePath+"/effort",schemaPath:"#/properties/effort/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data.alert_type_uuid !== undefined){
let data21 = data.alert_type_uuid;
if(typeof data21 === "string"){
if(!pattern11.test(data21)){
const err46 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
else {
const err47 = {instancePath:instancePath+"/alert_type_uuid",schemaPath:"#/properties/alert_type_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data.enabled !== undefined){
if(typeof data.enabled !== "boolean"){
const err48 = {instancePath:instancePath+"/enabled",schemaPath:"#/properties/enabled/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.tags !== undefined){
let data23 = data.tags;
if((!(Array.isArray(data23))) && (data23 !== null)){
const err49 = {instancePath:instancePath+"/tags",schemaPath:"#/properties/tags/type",keyword:"type",params:{type: schema31.properties.tags.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(Array.isArray(data23)){
const len3 = data23.length;
for(let i3=0; i3<len3; i3++){
let data24 = data23[i3];
if(typeof data24 === "string"){
if(func3(data24) < 1){
const err50 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err51 = {instancePath:instancePath+"/tags/" + i3,schemaPath:"#/properties/tags/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data.related_object_refs !== undefined){
let data25 = data.related_object_refs;
if((!(Array.isArray(data25))) && (data25 !== null)){
const err52 = {instancePath:instancePath+"/related_object_refs",schemaPath:"#/properties/related_object_refs/type",keyword:"type",params:{type: schema31.properties.related_object_refs.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
if(Array.isArray(data25)){
const len4 = data25.length;
for(let i4=0; i4<len4; i4++){
let data26 = data25[i4];
if(typeof data26 === "string"){
if(func3(data26) < 1){
const err53 = {instancePath:instancePath+"/related_object_refs/" + i4,schemaPath:"#/properties/related_object_refs/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err54 = {instancePath:instancePath+"/related_object_refs/" + i4,schemaPath:"#/properties/related_object_refs/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
if(data.datasources !== undefined){
let data27 = data.datasources;
if((!(Array.isArray(data27))) && (data27 !== null)){
const err55 = {instancePath:instancePath+"/datasources",schemaPath:"#/properties/datasources/type",keyword:"type",params:{type: schema31.properties.datasources.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(Array.isArray(data27)){
const len5 = data27.length;
for(let i5=0; i5<len5; i5++){
let data28 = data27[i5];
if(typeof data28 === "string"){
if(!pattern11.test(data28)){
const err56 = {instancePath:instancePath+"/datasources/" + i5,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
else {
const err57 = {instancePath:instancePath+"/datasources/" + i5,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
}
}
if(data.event_fields !== undefined){
let data29 = data.event_fields;
if((!(Array.isArray(data29))) && (data29 !== null)){
const err58 = {instancePath:instancePath+"/event_fields",schemaPath:"#/properties/event_fields/type",keyword:"type",params:{type: schema31.properties.event_fields.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
if(Array.isArray(data29)){
const len6 = data29.length;
for(let i6=0; i6<len6; i6++){
let data30 = data29[i6];
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.field === undefined){
const err59 = {instancePath:instancePath+"/event_fields/" + i6,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if(data30.description === undefined){
const err60 = {instancePath:instancePath+"/event_fields/" + i6,schemaPath:"#/properties/event_fields/items/required",keyword:"required",params:{missingProperty: "description"},message:"must have required property '"+"description"+"'"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
for(const key6 in data30){
if(!((key6 === "field") || (key6 === "description"))){
const err61 = {instancePath:instancePath+"/event_fields/" + i6,schemaPath:"#/properties/event_fields/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data30.field !== undefined){
let data31 = data30.field;
if(typeof data31 === "string"){
if(func3(data31) < 1){
const err62 = {instancePath:instancePath+"/event_fields/" + i6+"/field",schemaPath:"#/properties/event_fields/items/properties/field/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
else {
const err63 = {instancePath:instancePath+"/event_fields/" + i6+"/field",schemaPath:"#/properties/event_fields/items/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
if(data30.description !== undefined){
if(typeof data30.description !== "string"){
const err64 = {instancePath:instancePath+"/event_fields/" + i6+"/description",schemaPath:"#/properties/event_fields/items/properties/description/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
else {
const err65 = {instancePath:instancePath+"/event_fields/" + i6,schemaPath:"#/properties/event_fields/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
}
if(data.parameters !== undefined){
let data33 = data.parameters;
if((!(Array.isArray(data33))) && (data33 !== null)){
const err66 = {instancePath:instancePath+"/parameters",schemaPath:"#/properties/parameters/type",keyword:"type",params:{type: schema31.properties.parameters.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(Array.isArray(data33)){
const len7 = data33.length;
for(let i7=0; i7<len7; i7++){
let data34 = data33[i7];
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
if(data34.value === undefined){
const err67 = {instancePath:instancePath+"/parameters/" + i7,schemaPath:"#/properties/parameters/items/required",keyword:"required",params:{missingProperty: "value"},message:"must have required property '"+"value"+"'"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
for(const key7 in data34){
if(!(((key7 === "uuid") || (key7 === "name")) || (key7 === "value"))){
const err68 = {instancePath:instancePath+"/parameters/" + i7,schemaPath:"#/properties/parameters/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data34.uuid !== undefined){
let data35 = data34.uuid;
if(typeof data35 === "string"){
if(!pattern11.test(data35)){
const err69 = {instancePath:instancePath+"/parameters/" + i7+"/uuid",schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
else {
const err70 = {instancePath:instancePath+"/parameters/" + i7+"/uuid",schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data34.name !== undefined){
if(typeof data34.name !== "string"){
const err71 = {instancePath:instancePath+"/parameters/" + i7+"/name",schemaPath:"#/properties/parameters/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/parameters/" + i7,schemaPath:"#/properties/parameters/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
}
if(data.all_entities !== undefined){
if(typeof data.all_entities !== "boolean"){
const err73 = {instancePath:instancePath+"/all_entities",schemaPath:"#/properties/all_entities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data.entities !== undefined){
let data38 = data.entities;
if((!(Array.isArray(data38))) && (data38 !== null)){
const err74 = {instancePath:instancePath+"/entities",schemaPath:"#/properties/entities/type",keyword:"type",params:{type: schema31.properties.entities.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if(Array.isArray(data38)){
const len8 = data38.length;
for(let i8=0; i8<len8; i8++){
let data39 = data38[i8];
if(typeof data39 === "string"){
if(!pattern11.test(data39)){
const err75 = {instancePath:instancePath+"/entities/" + i8,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
else {
const err76 = {instancePath:instancePath+"/entities/" + i8,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
}
if(data.all_assets !== undefined){
if(typeof data.all_assets !== "boolean"){
const err77 = {instancePath:instancePath+"/all_assets",schemaPath:"#/properties/all_assets/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data.assets !== undefined){
let data41 = data.assets;
if((!(Array.isArray(data41))) && (data41 !== null)){
const err78 = {instancePath:instancePath+"/assets",schemaPath:"#/properties/assets/type",keyword:"type",params:{type: schema31.properties.assets.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
if(Array.isArray(data41)){
const len9 = data41.length;
for(let i9=0; i9<len9; i9++){
let data42 = data41[i9];
if(typeof data42 === "string"){
if(!pattern11.test(data42)){
const err79 = {instancePath:instancePath+"/assets/" + i9,schemaPath:"#/$defs/uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
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
const err80 = {instancePath:instancePath+"/assets/" + i9,schemaPath:"#/$defs/uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
}
if(data.goal !== undefined){
let data43 = data.goal;
if((typeof data43 !== "string") && (data43 !== null)){
const err81 = {instancePath:instancePath+"/goal",schemaPath:"#/properties/goal/type",keyword:"type",params:{type: schema31.properties.goal.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
if(data.false_positives !== undefined){
let data44 = data.false_positives;
if((typeof data44 !== "string") && (data44 !== null)){
const err82 = {instancePath:instancePath+"/false_positives",schemaPath:"#/properties/false_positives/type",keyword:"type",params:{type: schema31.properties.false_positives.type},message:"must be string,null"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
if(data.similarity_strategy !== undefined){
let data45 = data.similarity_strategy;
if((!(Array.isArray(data45))) && (data45 !== null)){
const err83 = {instancePath:instancePath+"/similarity_strategy",schemaPath:"#/properties/similarity_strategy/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.type},message:"must be array,null"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
if(Array.isArray(data45)){
const len10 = data45.length;
for(let i10=0; i10<len10; i10++){
let data46 = data45[i10];
if((typeof data46 !== "string") && (!(Array.isArray(data46)))){
const err84 = {instancePath:instancePath+"/similarity_strategy/" + i10,schemaPath:"#/properties/similarity_strategy/items/type",keyword:"type",params:{type: schema31.properties.similarity_strategy.items.type},message:"must be string,array"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(Array.isArray(data46)){
const len11 = data46.length;
for(let i11=0; i11<len11; i11++){
let data47 = data46[i11];
if(typeof data47 === "string"){
if(func3(data47) < 1){
const err85 = {instancePath:instancePath+"/similarity_strategy/" + i10+"/" + i11,schemaPath:"#/properties/similarity_strategy/items/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err86 = {instancePath:instancePath+"/similarity_strategy/" + i10+"/" + i11,schemaPath:"#/properties/similarity_strategy/items/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
}
}
if(data.available_for_subcommunities !== undefined){
if(typeof data.available_for_subcommunities !== "boolean"){
const err87 = {instancePath:instancePath+"/available_for_subcommunities",schemaPath:"#/properties/available_for_subcommunities/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data.community_uuid !== undefined){
let data49 = data.community_uuid;
if(typeof data49 === "string"){
if(!pattern11.test(data49)){
const err88 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/pattern",keyword:"pattern",params:{pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"},message:"must match pattern \""+"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"+"\""};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
else {
const err89 = {instancePath:instancePath+"/community_uuid",schemaPath:"#/properties/community_uuid/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
if(data.subcommunities !== undefined){
let data50 = data.subcommunities;
if((!(data50 && typeof data50 == "object" && !Array.isArray(data50))) && (data50 !== null)){
const err90 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/type",keyword:"type",params:{type: schema31.properties.subcommunities.type},message:"must be object,null"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key8 in data50){
if(!(pattern11.test(key8))){
const err91 = {instancePath:instancePath+"/subcommunities",schemaPath:"#/properties/subcommunities/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
for(const key9 in data50){
if(pattern11.test(key9)){
let data51 = data50[key9];
if(!((data51 === "enabled") || (data51 === "disabled"))){
const err92 = {instancePath:instancePath+"/subcommunities/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/subcommunities/patternProperties/%5E%5B0-9a-fA-F%5D%7B8%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B4%7D-%5B0-9a-fA-F%5D%7B12%7D%24/enum",keyword:"enum",params:{allowedValues: schema31.properties.subcommunities.patternProperties["^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"].enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
}
}
}
else {
const err93 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
