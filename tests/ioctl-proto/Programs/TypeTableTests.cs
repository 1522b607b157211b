namespace KernelSim.Protocol.Tests;

public sealed class TypeTableTests
{
    [Fact]
    public void Every_program_type_is_found_by_number_and_by_guid()
    {
        foreach (ProgramTypeRow row in ProgramTypeTable.All)
        {
            Assert.Same(row, ProgramTypeTable.Find(row.Type));
            Assert.Same(row, ProgramTypeTable.Find(row.Id));
        }
    }

    [Fact]
    public void Every_attach_type_is_found_by_number_by_guid_and_by_section_and_fits_a_known_program_type()
    {
        foreach (AttachTypeRow row in AttachTypeTable.All)
        {
            Assert.Same(row, AttachTypeTable.Find(row.Type));
            Assert.Same(row, AttachTypeTable.Find(row.Id));
            Assert.Same(row, AttachTypeTable.FindBySection(row.Section));
            Assert.NotNull(ProgramTypeTable.Find(row.ProgramType));
        }
    }

    [Theory]
    [InlineData("xdp/drop", BpfAttachType.Xdp)]
    [InlineData("cgroup/connect4", BpfAttachType.CgroupInet4Connect)]
    [InlineData("cgroup/connect_authorization4", BpfAttachType.CgroupInet4ConnectAuthorization)]
    [InlineData("bind_tail", BpfAttachType.Bind)]
    public void A_section_is_of_the_longest_prefix_that_it_starts_with(string section, BpfAttachType type) =>
        Assert.Equal(type, AttachTypeTable.FindBySection(section)?.Type);

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    [InlineData("cgroup/")]
    [InlineData("XDP")]
    public void A_section_that_starts_with_no_prefix_is_of_no_type(string section) => Assert.Null(AttachTypeTable.FindBySection(section));
}
