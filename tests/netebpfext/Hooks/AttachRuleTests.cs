using KernelSim.NetEbpfExt.Events;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.NetEbpfExt.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Tests.Hooks;

/// <summary>Who may attach where, row by row. Attach data are written as numbers, with - for none and ! for three bytes.</summary>
public class AttachRuleTests
{
    [Theory]
    [InlineData(BpfAttachType.Xdp, AttachCapability.SingleAttachPerHook)]
    [InlineData(BpfAttachType.Bind, AttachCapability.SingleAttach)]
    [InlineData(BpfAttachType.CgroupInet4Connect, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet6Connect, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet4ConnectAuthorization, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet6ConnectAuthorization, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet4Bind, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet6Bind, AttachCapability.MultiAttachWithWildcard)]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, AttachCapability.SingleAttachPerHook)]
    [InlineData(BpfAttachType.CgroupInet6RecvAccept, AttachCapability.SingleAttachPerHook)]
    [InlineData(BpfAttachType.CgroupInet4Listen, AttachCapability.SingleAttachPerHook)]
    [InlineData(BpfAttachType.CgroupInet6Listen, AttachCapability.SingleAttachPerHook)]
    [InlineData(BpfAttachType.CgroupSockOps, AttachCapability.SingleAttachPerHook)]
    public void A_hook_takes_as_many_programs_as_upstreams_takes(BpfAttachType type, AttachCapability capability)
    {
        Assert.Equal(capability, NetEbpfExtDriver.CapabilityOf(type));
    }

    [Fact]
    public void Every_attach_type_of_the_network_has_a_hook_and_no_other_has()
    {
        foreach (AttachTypeRow row in AttachTypeTable.All)
        {
            Assert.Equal(row.Type != BpfAttachType.Sample, NetEbpfExtDriver.CapabilityOf(row.Type) is not null);
        }
    }

    [Theory]
    [InlineData(BpfAttachType.Bind, "-", "yes")]
    [InlineData(BpfAttachType.Bind, "!", "yes")]
    [InlineData(BpfAttachType.Bind, "7 7", "yes no")]
    [InlineData(BpfAttachType.Bind, "7 8", "yes no")]
    [InlineData(BpfAttachType.Xdp, "-", "yes")]
    [InlineData(BpfAttachType.Xdp, "!", "invalid")]
    [InlineData(BpfAttachType.Xdp, "1 2", "yes yes")]
    [InlineData(BpfAttachType.Xdp, "1 1", "yes no")]
    [InlineData(BpfAttachType.Xdp, "- -", "yes no")]
    [InlineData(BpfAttachType.Xdp, "1 -", "yes no")]
    [InlineData(BpfAttachType.Xdp, "- 1", "yes yes")]
    [InlineData(BpfAttachType.Xdp, "1 0", "yes yes")] // 0 is a parameter like others here
    [InlineData(BpfAttachType.CgroupSockOps, "1 0 0", "yes yes no")]
    [InlineData(BpfAttachType.CgroupSockOps, "!", "invalid")]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, "!", "invalid")]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, "1 1", "yes no")]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, "1 0", "yes no")] // 0 is everything here
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, "1 -", "yes no")]
    [InlineData(BpfAttachType.CgroupInet4RecvAccept, "- 1", "yes yes")]
    [InlineData(BpfAttachType.CgroupInet4Listen, "1 1 2", "yes no yes")]
    [InlineData(BpfAttachType.CgroupInet4Connect, "1 1 0 0 - -", "yes yes yes yes yes yes")]
    [InlineData(BpfAttachType.CgroupInet4Bind, "!", "invalid")]
    public void A_hook_refuses_what_its_rule_refuses(BpfAttachType type, string data, string answers)
    {
        using Network network = new();
        List<TestLink> links = [.. data.Split(' ').Select(d => network.Link(type, TestProgram.Answers(1), Data(d)))];
        Assert.Equal(answers, string.Join(' ', links.Select(l => Word(l.Answer))));
        links.ForEach(l => l.Detach());
        Assert.Equal(0, network.Driver.ProgramsAttached(type));
    }

    [Fact]
    public void Sixteen_programs_fit_one_parameter_and_another_parameter_has_room_of_its_own()
    {
        using Network network = new();
        List<TestLink> links =
            [.. Enumerable.Range(0, 17).Select(_ => network.Link(BpfAttachType.CgroupInet4Connect, TestProgram.Answers(1), Data("1")))];
        Assert.All(links.Take(16), l => Assert.Equal(NtStatus.Success, l.Answer));
        Assert.Equal(NtStatus.AccessDenied, links[16].Answer);
        links.Add(network.Attach(BpfAttachType.CgroupInet4Connect, 1, Data("2")));
        Assert.Equal(17, network.Driver.ProgramsAttached(BpfAttachType.CgroupInet4Connect));
        links.ForEach(l => l.Detach());
    }

    [Fact]
    public void A_place_is_free_again_once_its_program_has_detached()
    {
        using Network network = new();
        network.Attach(BpfAttachType.Bind, 0).Detach();
        network.Attach(BpfAttachType.Bind, 0).Detach();
        Assert.Equal(NetworkAction.NotFiltered, network.Deliver(Sample.Bind).Action);
    }

    private static byte[] Data(string word) => word switch
    {
        "-" => [],
        "!" => [1, 2, 3],
        _ => BitConverter.GetBytes(uint.Parse(word, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static string Word(NtStatus status) =>
        status == NtStatus.Success ? "yes" : status == NtStatus.AccessDenied ? "no" : status == NtStatus.InvalidParameter ? "invalid" : $"{status}";
}
