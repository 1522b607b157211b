using KernelSim.Debugger.Commands;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Output;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.UserMode;

namespace KernelSim.Debugger.Tests;

/// <summary>A machine with the eBPF driver and a process, and a debugger in the same process that looks at it.</summary>
internal sealed class LocalMachine : IDisposable
{
    private readonly DebugSession _session;
    private readonly CommandTable _commands;

    public LocalMachine(int processors = 2, ProcessOptions? options = null)
    {
        Machine = Machine.Boot(new MachineOptions { Processors = processors });
        Driver = new EbpfCoreDriver();
        Assert.True(Machine.LoadDriver(Driver, out _).IsSuccess);
        Process = Machine.Processes.Create(options);
        Bpf = new Libbpf(Process.Gate);

        // Other tests run machines of their own.
        InProcessTarget target = new();
        _session = new DebugSession(new OpenTarget(() => target), LocalMachines.NumberOf(target, Machine));
        _commands = DebuggerCommands.For(_session);
    }

    public Machine Machine { get; }

    public EbpfCoreDriver Driver { get; }

    public PsProcess Process { get; }

    public Libbpf Bpf { get; }

    /// <summary>The result of a command, failed or not.</summary>
    public CommandResult Try(string command) => Assert.Single(_session.Run(command, _commands));

    /// <summary>The result of a command that must not fail.</summary>
    public CommandResult Run(string command)
    {
        CommandResult result = Try(command);
        Assert.True(result.Error is null, result.Error);
        return result;
    }

    /// <summary>The rows of a command that must not fail.</summary>
    public IReadOnlyList<ResultRow> Rows(string command) => ResultRow.Of(Run(command).Tables[0]);

    public void Dispose()
    {
        _session.Dispose();
        if (Machine.StopRecord is null)
        {
            Bpf.Dispose();
        }

        Machine.Dispose();
    }
}
