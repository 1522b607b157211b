using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A hook of the sample attach type, apart from the program type's provider: that one can go while this stays.</summary>
internal sealed class TestHook(AttachProviderData? data = null) : NmrProvider(
    EbpfNpi.Hook,
    AttachTypeTable.Find(BpfAttachType.Sample)!.Id,
    data ?? new AttachProviderData(ProgramTypeTable.Sample, BpfAttachType.Sample, BpfLinkType.Unspec))
{
    /// <summary>How to run the program that was attached last.</summary>
    public IHookDispatch? Dispatch { get; private set; }

    public void Register(Machine machine)
    {
        using KernelScope kernel = machine.EnterKernel();
        Assert.Equal(NtStatus.Success, machine.Nmr.Register(kernel.Thread, this));
    }

    public void Deregister(Machine machine)
    {
        using KernelScope kernel = machine.EnterKernel();
        if (machine.Nmr.Deregister(kernel.Thread, this) == NtStatus.Pending)
        {
            machine.Nmr.WaitForDeregister(kernel.Thread, this);
        }
    }

    public override NtStatus AttachClient(KeThread current, NmrBinding binding)
    {
        Dispatch = (IHookDispatch?)binding.ClientDispatch;
        return NtStatus.Success;
    }

    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
