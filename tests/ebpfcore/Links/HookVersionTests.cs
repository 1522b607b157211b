using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>Hooks whose drivers were built against another version of the extension's contract.</summary>
public class HookVersionTests
{
    [Theory]
    [InlineData(1, 48, true)]
    [InlineData(0, 48, false)]
    [InlineData(2, 48, false)]
    [InlineData(1, 47, false)]
    [InlineData(1, 49, false)]
    public void A_hook_is_met_only_where_its_structure_is_of_the_version_and_the_size_that_are_known(ushort version, ulong size, bool met)
    {
        ExtensionHeader header = new() { Version = version, Size = size, TotalSize = 56 };
        AssertMet(new AttachProviderData(ProgramTypeTable.Sample, BpfAttachType.Sample, BpfLinkType.Plain) { Header = header }, met);
    }

    [Fact]
    public void A_hook_for_programs_of_no_type_is_not_met() =>
        AssertMet(new AttachProviderData(Guid.Empty, BpfAttachType.Sample, BpfLinkType.Plain), met: false);

    [Theory]
    [InlineData(72, 1, false)]
    [InlineData(72, 0, true)]
    [InlineData(65, 1, true)] // the older structure ends before them
    [InlineData(64, 0, false)]
    [InlineData(73, 0, false)]
    public void Capabilities_that_nobody_knows_keep_a_program_type_out_where_its_structure_has_them(ulong size, uint capabilities, bool accepted)
    {
        using EbpfMachine machine = new();
        TestExtension extension = TestExtension.Register(
            machine.Machine,
            change: d => d with { Capabilities = capabilities, Header = new ExtensionHeader { Version = 1, Size = size, TotalSize = 72 } });
        machine.User.CreateProgram(ProgramTypeTable.Sample).Expect(accepted ? EbpfResult.Success : EbpfResult.ExtensionFailedToLoad);
        extension.Deregister(machine.Machine);
    }

    private static void AssertMet(AttachProviderData data, bool met)
    {
        using ProgramBench bench = new();
        TestHook hook = new(data);
        hook.Register(bench.Machine);
        NtHandle program = bench.Program((in _) => 1);
        Answer answer = bench.User.Send(
            EbpfOperationId.LinkProgram,
            new LinkProgramRequest { ProgramHandle = program, AttachType = AttachTypeTable.Find(BpfAttachType.Sample)!.Id },
            replyBytes: 16);
        if (met)
        {
            bench.User.Close(answer.Expect(EbpfResult.Success).As<LinkProgramReply>().LinkHandle).Expect(EbpfResult.Success);
        }
        else
        {
            answer.ExpectRefusal(CheckTable.LinkHookProvider, 0, 1);
        }

        hook.Deregister(bench.Machine);
    }
}
