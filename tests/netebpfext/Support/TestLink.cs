using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Support;

/// <summary>
/// A link as the hook sees one: a client of the hook interface that runs a delegate. It is invoked on several processors at once.
/// </summary>
internal sealed unsafe class TestLink : NmrClient, IHookDispatch
{
    private readonly Machine _machine;
    private readonly Guid _attachType;
    private readonly TestProgram _program;
    private int _inside;
    private int _batches;
    private long _runs;

    public TestLink(Machine machine, BpfAttachType type, TestProgram program, byte[] data)
        : base(EbpfNpi.Hook, Guid.NewGuid(), new AttachClientData(data, ProgAttachFlags: 0))
    {
        _machine = machine;
        _attachType = AttachTypeTable.Find(type)!.Id;
        _program = program;
    }

    /// <summary>What the hook said; not found: no hook of that type.</summary>
    public NtStatus Answer { get; private set; } = NtStatus.NotFound;

    /// <summary>What the dispatch answers instead of running the program.</summary>
    public EbpfResult Fails { get; set; } = EbpfResult.Success;

    public int Batches => Volatile.Read(ref _batches);

    public long Runs => Volatile.Read(ref _runs);

    /// <summary>True once <see cref="Detach(KeThread)"/> has returned.</summary>
    public bool IsDetached { get; private set; }

    public bool RanDetached { get; private set; }

    public void Attach(KeThread current) => Assert.Equal(NtStatus.Success, _machine.Nmr.Register(current, this));

    public void Detach(KeThread current)
    {
        if (_machine.Nmr.Deregister(current, this) == NtStatus.Pending)
        {
            _machine.Nmr.WaitForDeregister(current, this);
        }

        IsDetached = true;
        Assert.Equal(0, Volatile.Read(ref _inside));
    }

    public void Detach()
    {
        using KernelScope kernel = _machine.EnterKernel();
        Detach(kernel.Thread);
    }

    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        if (binding.Provider.ModuleId != _attachType)
        {
            return NtStatus.NotFound;
        }

        Answer = binding.Attach(current, this, this);
        return Answer;
    }

    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;

    public EbpfResult Invoke(KeThread current, byte* context, out uint result)
    {
        BatchBegin(current, out HookBatch batch);
        EbpfResult answer = BatchInvoke(current, ref batch, context, out result);
        BatchEnd(current, ref batch);
        return answer;
    }

    public void BatchBegin(KeThread current, out HookBatch batch)
    {
        Interlocked.Increment(ref _batches);
        batch = default;
    }

    public EbpfResult BatchInvoke(KeThread current, ref HookBatch batch, byte* context, out uint result)
    {
        Interlocked.Increment(ref _inside);
        if (IsDetached)
        {
            RanDetached = true;
        }

        Interlocked.Increment(ref _runs);
        result = Fails == EbpfResult.Success ? _program(current, context) : 0;
        Interlocked.Decrement(ref _inside);
        return Fails;
    }

    public void BatchEnd(KeThread current, ref HookBatch batch)
    {
    }
}
