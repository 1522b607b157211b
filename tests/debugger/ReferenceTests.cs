using KernelSim.Debugger.Commands;
using KernelSim.Debugger.InProcess;

namespace KernelSim.Debugger.Tests;

public sealed class ReferenceTests : IDisposable
{
    private readonly InProcessTarget _target = new();
    private readonly DebugSession _session;
    private readonly CommandTable _commands;

    public ReferenceTests()
    {
        _session = new DebugSession(new OpenTarget(() => _target));
        _commands = DebuggerCommands.For(_session);
    }

    public void Dispose()
    {
        _session.Dispose();
        _target.Dispose();
    }

    [Fact]
    public void The_page_has_a_row_for_each_command() => Assert.Contains(
        string.Concat(_commands.All.Select(c => $"| `{Usage(c).Replace("|", "\\|", StringComparison.Ordinal)}` | {c.Summary} |\n")),
        Repository.ReadText("docs", "debugging.md"),
        StringComparison.Ordinal);

    [Fact]
    public void Each_summary_is_a_sentence() => Assert.All(
        _commands.All.SelectMany(c => c.Details.Prepend(c.Summary)), s => Assert.Matches(@"^[A-Z\[].*\.$", s));

    [Fact]
    public void Commands_are_found_whatever_their_case()
    {
        Assert.Equal("!process", _commands.Find("!PROCESS 8", out ArgumentList arguments).Name);
        Assert.Equal("8", arguments.Peek());
        Assert.Equal("!cpu", _commands.Find("~", out _).Name);
        Assert.Equal("'!x' given, expected a command; .help lists them", Assert.Throws<CommandException>(() => _commands.Find("!x", out _)).Message);
    }

    private static string Usage(IDebuggerCommand command) => $"{command.Name} {command.Arguments}".Trim();
}
