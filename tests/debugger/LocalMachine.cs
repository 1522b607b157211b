using KernelSim.Debugger.Commands;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Structures;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.UserMode;

namespace KernelSim.Debugger.Tests;

/// <summary>A machine with the eBPF driver and a process, and a debugger in the same process that looks at it.</summary>
internal sealed class LocalMachine : IDisposable
{
    private readonly InProcessTarget _target = new();
    private readonly DebugSession _session;
    private readonly CommandTable _commands;

    public LocalMachine(int processors = 2)
    {
        Machine = Machine.Boot(new MachineOptions { Processors = processors });
        Driver = new EbpfCoreDriver();
        Assert.True(Machine.LoadDriver(Driver, out _).IsSuccess);
        Process = Machine.Processes.Create();
        Bpf = new Libbpf(Process.Gate);
        Number = MachineDirectory.Find(_target).Single(m => ReferenceEquals(((IBoxed)m.Object).Value, Machine)).Number;
        _session = new DebugSession(new OpenTarget(_target), (uint)Number);
        _commands = DebuggerCommands.For(_session);
    }

    public Machine Machine { get; }

    public EbpfCoreDriver Driver { get; }

    public PsProcess Process { get; }

    public Libbpf Bpf { get; }

    /// <summary>The machine's number; other tests may run machines of their own.</summary>
    public int Number { get; }

    /// <summary>The result of a command that must not fail.</summary>
    public CommandResult Run(string command)
    {
        CommandResult result = Try(command);
        Assert.Null(result.Error);
        return result;
    }

    /// <summary>The rows of a command that must not fail.</summary>
    public Rows RowsOf(string command) => new(Run(command).Tables[0]);

    /// <summary>The result of a command, failed or not.</summary>
    public CommandResult Try(string command) => Assert.Single(_session.Run(command, _commands));

    public void Dispose()
    {
        _session.Dispose();
        Machine.Dispose();
    }
}
