using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Programs;

/// <summary>Providers with null members: refused if the driver needs the member, accepted if it does not, and always free to deregister.</summary>
public sealed class ProviderMemberTests
{
    public static TheoryData<string> Incomplete => [.. s_incomplete.Keys];

    public static TheoryData<string> Optional => [.. s_optional.Keys];

    private static readonly Dictionary<string, Func<ProgramData, ProgramData?>> s_incomplete = new()
    {
        ["no data"] = _ => null,
        ["info"] = d => d with { Info = null! },
        ["descriptor"] = d => d with { Info = d.Info with { Descriptor = null! } },
        ["name"] = d => d with { Info = d.Info with { Descriptor = d.Info.Descriptor with { Name = null! } } },
        ["context descriptor"] = d => d with { Info = d.Info with { Descriptor = d.Info.Descriptor with { ContextDescriptor = default } } },
        ["type helpers"] = d => d with { TypeHelpers = null! },
        ["global helpers"] = d => d with { GlobalHelpers = null! },
        ["prototypes of type helpers"] = d => d with { Info = d.Info with { TypeHelpers = null! } },
        ["prototypes of global helpers"] = d => d with { Info = d.Info with { GlobalHelpers = null! } },
        ["a prototype"] = d => d with { Info = d.Info with { TypeHelpers = [null!, d.Info.TypeHelpers[1]] } },
        ["a prototype's name"] = d => d with
        {
            Info = d.Info with { TypeHelpers = [d.Info.TypeHelpers[0] with { Name = null! }, d.Info.TypeHelpers[1]] },
        },
        ["a prototype's arguments"] = d => d with
        {
            Info = d.Info with { TypeHelpers = [d.Info.TypeHelpers[0] with { Arguments = null! }, d.Info.TypeHelpers[1]] },
        },
        ["header of the data"] = d => d with { Header = default },
        ["header of the info"] = d => d with { Info = d.Info with { Header = default } },
        ["header of the descriptor"] = d => d with { Info = d.Info with { Descriptor = d.Info.Descriptor with { Header = default } } },
        ["header of a prototype"] = d => d with
        {
            Info = d.Info with { TypeHelpers = [d.Info.TypeHelpers[0] with { Header = default }, d.Info.TypeHelpers[1]] },
        },
    };

    private static readonly Dictionary<string, Func<ProgramData, ProgramData>> s_optional = new()
    {
        ["context create"] = d => d with { ContextCreate = null },
        ["context destroy"] = d => d with { ContextDestroy = null },
        ["no helper bodies"] = d => d with { TypeHelpers = [], GlobalHelpers = [] },
        ["a helper's body"] = d => d with { TypeHelpers = [null, null] },
        ["no helpers at all"] = d => d with { Info = d.Info with { TypeHelpers = [], GlobalHelpers = [] }, TypeHelpers = [], GlobalHelpers = [] },
        ["program type"] = d => d with
        {
            Info = d.Info with { Descriptor = d.Info.Descriptor with { ProgramType = Guid.Empty, BpfProgType = default } },
        },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void A_provider_that_lacks_a_member_serves_no_program_and_can_deregister(string member)
    {
        using EbpfMachine machine = new();
        TestExtension whole = new();
        PlainProvider provider = new(EbpfNpi.ProgramInfo, ProgramTypeTable.Sample, s_incomplete[member](whole.Data));
        provider.WhileRegistered(
            machine, () => machine.User.CreateProgram(ProgramTypeTable.Sample).ExpectRefusal(CheckTable.ProgramCreateProvider, 0, 1));
    }

    [Theory]
    [MemberData(nameof(Optional))]
    public void A_program_is_created_although_an_optional_member_is_missing(string member)
    {
        using EbpfMachine machine = new();
        TestExtension extension = TestExtension.Register(machine.Machine, change: s_optional[member]);
        machine.User.NewProgram();
        machine.User.Process.Terminate(NtStatus.Success);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        extension.Deregister(machine.Machine);
    }

    [Fact]
    public void A_hook_provider_without_data_or_with_an_empty_header_or_no_program_type_takes_no_program()
    {
        using ProgramBench bench = new();
        AttachProviderData whole = new(ProgramTypeTable.Sample, BpfAttachType.Sample, BpfLinkType.Unspec);
        object?[] incomplete = [null, "data", whole with { Header = default }, whole with { SupportedProgramType = default }];
        foreach (object? data in incomplete)
        {
            Protocol.Gate.NtHandle program = bench.Program((in _) => 0);
            PlainProvider provider = new(EbpfNpi.Hook, AttachTypeTable.Find(BpfAttachType.Sample)!.Id, data);
            NtStatus ended = NtStatus.Pending;
            using (KernelScope kernel = bench.Machine.EnterKernel())
            {
                Assert.Equal(NtStatus.Success, bench.Machine.Nmr.Register(kernel.Thread, provider));
            }

            bench.User
                .Send(
                    EbpfOperationId.LinkProgram,
                    new LinkProgramRequest { ProgramHandle = program, AttachType = AttachTypeTable.Find(BpfAttachType.Sample)!.Id },
                    replyBytes: 16)
                .ExpectRefusal(CheckTable.LinkHookProvider, 0, 1);
            using (KernelScope kernel = bench.Machine.EnterKernel())
            {
                ended = bench.Machine.Nmr.Deregister(kernel.Thread, provider);
            }

            Assert.Equal(NtStatus.Success, ended);
        }
    }

    [Fact]
    public void A_module_whose_callback_threw_can_be_deregistered_at_once_and_so_can_its_peer()
    {
        EbpfMachine machine = new();
        FailingClient client = new();
        PlainProvider provider = new(EbpfNpi.Hook, Guid.Empty, null);
        machine.InKernel(current =>
        {
            Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Register(current, provider));
            Assert.Throws<InvalidOperationException>(() => machine.Machine.Nmr.Register(current, client));
            Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, client));
            Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, provider));
        });
        machine.Dispose();
    }

    private sealed class PlainProvider(Guid npi, Guid module, object? characteristics) : NmrProvider(npi, module, characteristics)
    {
        public void WhileRegistered(EbpfMachine machine, Action code)
        {
            machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Register(current, this)));
            code();
            machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, this)));
        }

        public override NtStatus AttachClient(KeThread current, NmrBinding binding) => NtStatus.Success;

        public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
    }

    private sealed class FailingClient() : NmrClient(EbpfNpi.Hook, Guid.Empty)
    {
        public override NtStatus AttachProvider(KeThread current, NmrBinding binding) => throw new InvalidOperationException("test");

        public override NtStatus Detach(KeThread current, NmrBinding binding) => NtStatus.Success;
    }
}
