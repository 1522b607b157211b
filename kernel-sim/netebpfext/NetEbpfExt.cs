using KernelSim.NetEbpfExt.Bind;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.NetEbpfExt.SockAddr;
using KernelSim.NetEbpfExt.SockOps;
using KernelSim.NetEbpfExt.Xdp;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt;

/// <summary>The driver while it is loaded: its providers, and where events come in.</summary>
internal sealed unsafe class NetEbpfExt
{
    private readonly ProgramInfoProvider[] _programTypes;
    private readonly HookProvider[] _hooks;
    private readonly PacketBuffer[] _packets;
    private readonly SockAddrHooks _sockAddr;
    private readonly ExRundown _events;

    public NetEbpfExt(Machine machine)
    {
        Machine = machine;
        _programTypes = [.. HookTable.ProgramTypes.Select(t => new ProgramInfoProvider(t))];
        _hooks =
        [
            .. HookTable.Rows.Select((row, i) =>
                new HookProvider(machine, AttachTypeTable.Find(row.Type)!, row.Capability, row.Parameter, i)),
        ];
        _packets = [.. machine.Processors.Select(_ => new PacketBuffer())];
        _sockAddr = new SockAddrHooks(type => Find(type)!);
        _events = new ExRundown(machine);
    }

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>Held by whoever delivers events, so that the driver does not go meanwhile.</summary>
    public ExRundown Events => _events;

    /// <summary>Whether an event's programs run below DISPATCH_LEVEL, at least the first.</summary>
    public static bool IsPassive(NetworkEventKind kind) => kind is NetworkEventKind.Bind or NetworkEventKind.Unbind;

    /// <summary>A hook; null for a place that is not this driver's.</summary>
    public HookProvider? Find(BpfAttachType type) => Array.Find(_hooks, h => h.Type.Type == type);

    /// <summary>Allocates, then registers program types before the hooks that take such programs.</summary>
    public NtStatus Start(KeThread current)
    {
        if (!_packets.All(p => p.Initialize(Machine.Pool)))
        {
            return NtStatus.NoMemory;
        }

        NtStatus status = NtStatus.Success;
        foreach (NmrModule module in Modules())
        {
            status = status.IsSuccess ? Machine.Nmr.Register(current, module) : status;
        }

        return status;
    }

    /// <summary>
    /// Takes hooks back before program types, each once its last program has returned, then frees. Also after a start that failed.
    /// </summary>
    public void Stop(KeThread current)
    {
        _events.WaitForRelease(current);
        foreach (NmrModule module in Modules().Reverse())
        {
            if (Machine.Nmr.Deregister(current, module) == NtStatus.Pending)
            {
                Machine.Nmr.WaitForDeregister(current, module);
            }
        }

        Array.ForEach(_packets, p => p.Dispose(Machine.Pool));
    }

    /// <summary>Delivers an event whose programs run at DISPATCH_LEVEL; the section's thread is there.</summary>
    public NetworkVerdict Classify(ref HookSection section, in NetworkEvent @event) => @event.Kind switch
    {
        NetworkEventKind.Packet => XdpHook.Classify(ref section, Hook(XdpIndex), Packets(section.Current).Build(@event)),
        NetworkEventKind.Connect => _sockAddr.Connect(ref section, @event),
        NetworkEventKind.Accept => _sockAddr.Accept(ref section, @event),
        NetworkEventKind.Listen => _sockAddr.Listen(ref section, @event),
        _ => SockOpsHook.Classify(ref section, Hook(SockOpsIndex), @event),
    };

    /// <summary>Delivers a bind or unbind. At PASSIVE_LEVEL.</summary>
    /// <remarks>The two kinds of bind hook are asked one after the other, each in a stay of its own; either can refuse.</remarks>
    public NetworkVerdict ClassifyPassive(KeThread current, in NetworkEvent @event)
    {
        NetworkVerdict verdict;
        HookSection section = new(current);
        try
        {
            verdict = BindHook.Classify(ref section, Hook(BindIndex), @event);
        }
        finally
        {
            section.Dispose();
        }

        if (@event.Kind == NetworkEventKind.Unbind || verdict.Action == NetworkAction.Block)
        {
            return verdict;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        section = new HookSection(current);
        try
        {
            return Stricter(verdict, _sockAddr.Bind(ref section, @event));
        }
        finally
        {
            section.Dispose();
        }
    }

    /// <summary>Delivers a packet as it is. At DISPATCH_LEVEL.</summary>
    /// <param name="section">The stay.</param>
    /// <param name="interfaceIndex">Where it comes in.</param>
    /// <param name="packet">Its bytes.</param>
    /// <param name="left">The packet as its program left it, until the processor's next packet.</param>
    public NetworkVerdict ClassifyPacket(
        ref HookSection section, uint interfaceIndex, ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> left)
    {
        PacketFrame* frame = Packets(section.Current).Load(interfaceIndex, packet);
        NetworkVerdict verdict = XdpHook.Classify(ref section, Hook(XdpIndex), frame);
        left = new ReadOnlySpan<byte>(frame->Context.Data, (int)(frame->Context.DataEnd - frame->Context.Data));
        return verdict;
    }

    // Places of rows in HookTable.
    private const int XdpIndex = 0;
    private const int BindIndex = 1;
    private const int SockOpsIndex = 12;

    /// <summary>What two hooks said, one after the other: who blocks wins, then who redirects, then who permits for good.</summary>
    private static NetworkVerdict Stricter(in NetworkVerdict first, in NetworkVerdict second)
    {
        NetworkVerdict decisive = Strictness(second.Action) > Strictness(first.Action) ? second : first;
        return decisive with { Programs = first.Programs + second.Programs, Address = first.Address, Port = first.Port };
    }

    private static int Strictness(NetworkAction action) => action switch
    {
        NetworkAction.Block => 4,
        NetworkAction.Redirect => 3,
        NetworkAction.PermitHard => 2,
        NetworkAction.Permit => 1,
        _ => 0,
    };

    private HookProvider Hook(int index) => _hooks[index];

    private PacketBuffer Packets(KeThread current) => _packets[current.ProcessorNumber];

    private IEnumerable<NmrModule> Modules() => [.. _programTypes, .. _hooks];
}
