using KernelSim.Debugger.ClrMd;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.InProcess;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Tests.Ebpf;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Debugger.Tests;

/// <summary>
/// A machine with something of everything, and a dump of this very process: what ClrMD finds in the dump can be compared with what reflection finds
/// in the process.
/// </summary>
public sealed class DumpFixture : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Machine _machine;
    private readonly Libbpf _bpf;
    private readonly KTimer _timer;
    private readonly DebugSession _process;
    private readonly DebugSession _dump;
    private readonly CommandTable _ofProcess;
    private readonly CommandTable _ofDump;

    public DumpFixture()
    {
        _machine = Machine.Boot(new MachineOptions { Processors = 3 });
        Assert.True(_machine.LoadDriver(new EbpfCoreDriver(), out _).IsSuccess);
        Assert.True(_machine.LoadDriver(new WaitingDriver(), out _).IsSuccess);
        PsProcess process = _machine.Processes.Create();
        _bpf = new Libbpf(process.Gate);
        Assert.True(_bpf.bpf_map_create(BpfMapType.PercpuHash, "stats", 4, 12, 8) > 0);
        Assert.True(_bpf.bpf_map_create(BpfMapType.Ringbuf, "events", 0, 0, 4096) > 0);
        EbpfObjects.Make(process);
        Block = process.Put("text in user memory\0"u8);
        process.Memory.AllocateRegion(8192, PageProtection.ReadOnly);
        process.SendWaiting("request"u8);
        _machine.Processes.Create(new ProcessOptions { Name = "gone.exe" })
            .EndByFault(new AccessViolation(MemoryAccess.Read, 0x20, 0x10, 32, "test:site"));
        _timer = new KTimer(_machine);
        _timer.Set(TimeSpan.FromSeconds(1), new KDpc(_machine, Routine), processor: 1);
        DumpPath = Path.Combine(_folder.Path, "machine.dmp");
        InProcessTarget here = new();
        uint number = LocalMachines.NumberOf(here, _machine);
        ProcessDump.Write(Environment.ProcessId, DumpPath);
        _process = new DebugSession(new OpenTarget(() => here), number);
        _dump = new DebugSession(new OpenTarget(() => DumpFile.Open(DumpPath)), number);
        (_ofProcess, _ofDump) = (DebuggerCommands.For(_process), DebuggerCommands.For(_dump));
    }

    public string DumpPath { get; }

    /// <summary>The address of a text in the memory of the machine's process.</summary>
    public ulong Block { get; }

    /// <summary>What a command finds in this process.</summary>
    internal CommandResult InProcess(string command) => Assert.Single(_process.Run(command, _ofProcess));

    /// <summary>What a command finds in the dump.</summary>
    internal CommandResult InDump(string command) => Assert.Single(_dump.Run(command, _ofDump));

    public void Dispose()
    {
        _process.Dispose();
        _dump.Dispose();
        _timer.Cancel();
        _bpf.Dispose();
        _machine.Dispose();
        _folder.Dispose();
    }

    private static void Routine(KeThread current)
    {
        // It only has to have a name.
    }
}
