using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Support;

/// <summary>Asks the driver for a program type, as a program does, and keeps what it gives.</summary>
internal sealed class ExtensionClient(Guid type) : NmrClient(EbpfNpi.ProgramInfo, Guid.NewGuid(), characteristics: null)
{
    private ProgramData? _data;

    /// <summary>What the driver says of a type.</summary>
    public static ProgramData DataOf(Machine machine, Guid type)
    {
        using KernelScope kernel = machine.EnterKernel();
        ExtensionClient client = new(type);
        Assert.Equal(NtStatus.Success, machine.Nmr.Register(kernel.Thread, client));
        if (machine.Nmr.Deregister(kernel.Thread, client) == NtStatus.Pending)
        {
            machine.Nmr.WaitForDeregister(kernel.Thread, client);
        }

        return client._data ?? throw new InvalidOperationException($"Nobody provides {type}.");
    }

    public override NtStatus AttachProvider(KeThread current, NmrBinding binding)
    {
        if (binding.Provider.ModuleId != type)
        {
            return NtStatus.NotFound;
        }

        _data = (ProgramData?)binding.Provider.Characteristics;
        return binding.Attach(current, clientContext: null, clientDispatch: null);
    }

    public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
}
