using KernelSim.NetEbpfExt.Bind;
using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.NetEbpfExt.ProgramTypes;
using KernelSim.NetEbpfExt.SockAddr;
using KernelSim.NetEbpfExt.SockOps;
using KernelSim.NetEbpfExt.Xdp;
using KernelSim.Nt;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt;

/// <summary>The loaded driver: its providers, and the entry points for events.</summary>
internal sealed unsafe class NetContext
{
    private readonly ProgramInfoProvider[] _programTypes;
    private readonly HookProvider[] _hooks;
    private readonly HookProvider _xdp;
    private readonly HookProvider _bind;
    private readonly HookProvider _sockOps;
    private readonly PacketBuffer[] _packets;
    private readonly SockAddrHooks _sockAddr;
    private readonly ExRundown _events;

    public NetContext(Machine machine)
    {
        Machine = machine;
        _programTypes = [.. HookTable.ProgramTypes.Select(t => new ProgramInfoProvider(t))];
        _hooks =
        [
            .. HookTable.Rows.Select((row, i) =>
                new HookProvider(machine, AttachTypeTable.Find(row.Type)!, row.Capability, row.Parameter, i)),
        ];
        _xdp = Find(BpfAttachType.Xdp)!;
        _bind = Find(BpfAttachType.Bind)!;
        _sockOps = Find(BpfAttachType.CgroupSockOps)!;
        _packets = [.. machine.Processors.Select(_ => new PacketBuffer())];
        _sockAddr = new SockAddrHooks(type => Find(type)!);
        _events = new ExRundown(machine);
    }

    /// <summary>The machine that the driver is loaded on.</summary>
    public Machine Machine { get; }

    /// <summary>Held by threads that deliver events, so that the driver is not unloaded meanwhile.</summary>
    public ExRundown Events => _events;

    /// <summary>Whether an event's programs, at least the first, run below DISPATCH_LEVEL.</summary>
    public static bool IsPassive(NetworkEventKind kind) => kind is NetworkEventKind.Bind or NetworkEventKind.Unbind;

    /// <summary>The hook of an attach type; null if this driver does not provide it.</summary>
    public HookProvider? Find(BpfAttachType type) => Array.Find(_hooks, h => h.Type.Type == type);

    /// <summary>Allocates, then registers program types before the hooks that accept such programs.</summary>
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
    /// Deregisters hooks before program types, each once its last program has returned, then frees. Also called after a failed start.
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

    /// <summary>Delivers an event whose programs run at DISPATCH_LEVEL; the section's thread is already there.</summary>
    public NetworkVerdict Classify(ref HookSection section, in NetworkEvent @event) => @event.Kind switch
    {
        NetworkEventKind.Packet => XdpHook.Classify(ref section, _xdp, Packets(section.Current).Build(@event)),
        NetworkEventKind.Connect => _sockAddr.Connect(ref section, @event),
        NetworkEventKind.Accept => _sockAddr.Accept(ref section, @event),
        NetworkEventKind.Listen => _sockAddr.Listen(ref section, @event),
        _ => SockOpsHook.Classify(ref section, _sockOps, @event),
    };

    /// <summary>Delivers a bind or unbind. At PASSIVE_LEVEL.</summary>
    /// <remarks>The two kinds of bind hook run one after the other, each in a section of its own; either can refuse.</remarks>
    public NetworkVerdict ClassifyPassive(KeThread current, in NetworkEvent @event)
    {
        NetworkVerdict verdict;
        HookSection section = new(current);
        try
        {
            verdict = BindHook.Classify(ref section, _bind, @event);
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

    /// <summary>Delivers a packet from its bytes. At DISPATCH_LEVEL.</summary>
    /// <param name="section">The section in which to deliver.</param>
    /// <param name="interfaceIndex">Index of the interface on which it arrives.</param>
    /// <param name="packet">The packet's bytes.</param>
    /// <param name="left">The packet as its program left it, valid until the processor's next packet.</param>
    public NetworkVerdict ClassifyPacket(
        ref HookSection section, uint interfaceIndex, ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> left)
    {
        PacketFrame* frame = Packets(section.Current).Load(interfaceIndex, packet);
        NetworkVerdict verdict = XdpHook.Classify(ref section, _xdp, frame);
        left = new ReadOnlySpan<byte>(frame->Context.Data, (int)(frame->Context.DataEnd - frame->Context.Data));
        return verdict;
    }

    /// <summary>Combines the verdicts of two hooks: block wins, then redirect, then hard permit.</summary>
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

    private PacketBuffer Packets(KeThread current) => _packets[current.ProcessorNumber];

    private IEnumerable<NmrModule> Modules() => [.. _programTypes, .. _hooks];
}
