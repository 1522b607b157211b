using KernelSim.Debugger.Commands;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Output;
using KernelSim.Nt;

namespace KernelSim.Debugger.Tests.Ebpf;

/// <summary>A debugger in the same process that looks at a machine.</summary>
internal sealed class Glass : IDisposable
{
    private readonly DebugSession _session;
    private readonly CommandTable _commands;

    public Glass(Machine machine, ITraceAccess? trace = null)
    {
        Target = new InProcessTarget();
        _session = new DebugSession(new OpenTarget(() => Target), LocalMachines.NumberOf(Target, machine));
        _commands = DebuggerCommands.For(_session, trace: trace);
    }

    public InProcessTarget Target { get; }

    /// <summary>The result of a command, failed or not.</summary>
    public CommandResult Try(string command) => Assert.Single(_session.Run(command, _commands));

    /// <summary>The result of a command that must not fail.</summary>
    public CommandResult Run(string command)
    {
        CommandResult result = Try(command);
        Assert.True(result.Error is null, result.Error);
        return result;
    }

    /// <summary>The rows of a command that must neither fail nor have anything to note.</summary>
    public IReadOnlyList<ResultRow> Rows(string command)
    {
        CommandResult result = Run(command);
        Assert.Empty(result.Notes);
        return ResultRow.Of(result.Tables[0]);
    }

    /// <summary>A member of a command's answer; null if it has none.</summary>
    public object? Member(string command, string name) => Run(command).Members.FirstOrDefault(m => m.Column.Name == name).Value;

    public void Dispose() => _session.Dispose();
}
