-- Types into a Neovim what somebody would, and reports as JSON what came of it. That Neovim is another process than this script's, with
-- the settings that its home folder holds.
local report = {}
local editor = vim.fn.jobstart({ vim.v.progpath, "--embed", "--headless", "policies/letters.scruple" }, { rpc = true })

local function ask(code, ...)
  return vim.rpcrequest(editor, "nvim_exec_lua", code, { ... })
end

local function press(keys)
  vim.rpcrequest(editor, "nvim_input", keys)
end

--- Waits until a function gives something. @return what it gives
local function eventually(what, give)
  local got
  vim.wait(30000, function()
    got = give()
    return got ~= nil and got ~= false and got ~= vim.NIL
  end, 20)
  assert(got and got ~= vim.NIL, "This never came: " .. what)
  return got
end

--- Waits for a question to whoever types, which is the only thing that still answers then.
local function prompted()
  eventually("a question", function()
    local mode = vim.rpcrequest(editor, "nvim_get_mode")
    return mode.blocking or mode.mode == "c"
  end)
end

--- The first finding with a code in the file before one.
local function finding(code)
  for _, one in ipairs(ask([[
    local list = {}
    for _, one in ipairs(vim.diagnostic.get(0)) do
      table.insert(list, { code = one.code, message = one.message, line = one.lnum + 1, column = one.col + 1 })
    end
    return list
  ]])) do
    if one.code == code then return one end
  end
end

local function goTo(text)
  assert(ask([[return vim.fn.search("\\V" .. ..., "cw")]], text) > 0, "There is no " .. text)
end

local function line()
  return ask("return vim.api.nvim_get_current_line()")
end

local function work()
  report.fileType = ask("return vim.bo.filetype")
  report.finding = eventually("a finding", function() return finding("SCR2006") end)

  goTo("stret")
  press("gra")
  prompted()
  press("1<CR>")
  eventually("the fix", function() return line():find("orders.street", 1, true) end)
  eventually("no finding", function() return not finding("SCR2006") end)

  -- Nobody has the other file open: it changes on disk alone.
  local path = "policies/data.scruple"
  local before = vim.fn.readfile(path)
  vim.fn.writefile(vim.tbl_map(function(one) return (one:gsub("street", "road")) end, before), path)
  report.onDisk = eventually("a finding", function() return finding("SCR2006") end).message
  vim.fn.writefile(before, path)
  -- The analysis finds this later than the rest, and no edit has the editor ask for it.
  eventually("a finding of the analysis", function() return finding("SCR5011") end)

  goTo("street\\n")
  press("K")
  report.hover = eventually("a hover", function()
    return ask([[
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= "" then
          return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
        end
      end
    ]])
  end)
  report.colour = eventually("a colour", function()
    return ask("return (vim.lsp.semantic_tokens.get_at_pos() or {})[1]")
  end).type

  goTo("email")
  press("cwe<C-x><C-o>")
  eventually("completion", function() return ask("return vim.fn.pumvisible()") == 1 end)
  report.completion = ask("return vim.tbl_map(function(one) return one.word end, vim.fn.complete_info().items)")
  press("<Esc>u")

  goTo("street\\n")
  press("grn")
  prompted()
  press("<C-u>road<CR>")
  eventually("a new name", function() return line():find("orders.road", 1, true) end)

  goTo("channels")
  press("i      <Esc>")
  ask("vim.lsp.buf.format()")
  goTo("road\\n")
  press("<C-]>")
  report.definition = eventually("the definition", function()
    return line():find("road :", 1, true) and line()
  end)
  press(":wall<CR>")
  eventually("all on disk", function()
    return ask("return #vim.fn.getbufinfo({ bufmodified = 1 })") == 0
  end)
end

local isGood, problem = xpcall(work, debug.traceback)
if not isGood then report.problem = problem end
vim.fn.writefile({ vim.json.encode(report) }, vim.env.REPORT)
pcall(press, "<Esc>:qall!<CR>")
vim.fn.jobwait({ editor }, 10000)
