-- Every request is a new conversation: the worst case, an exposure each.
local thread_count = 0
function setup(thread)
  thread:set("thread_id", thread_count)
  thread_count = thread_count + 1
end
local count = 0
local salt
local body = '{"model":"support-bot","messages":[{"role":"system","content":"You are the support assistant of an online shop."},'
  .. '{"role":"user","content":"My parcel 48291 was due on Monday and has not arrived. Where is it, and can I still change the delivery address?"}],"temperature":0.7,"max_tokens":256}'
function init(args)
  salt = args[1] or tostring(os.time())
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  count = count + 1
  wrk.headers["x-assay-conversation"] = salt .. "-" .. thread_id .. "-" .. count
  return wrk.format(nil, nil, nil, body)
end
local failed = 0
function response(status) if status ~= 200 then failed = failed + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT %.1f %.3f %.3f %d %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout, summary.requests))
end
