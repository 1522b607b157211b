namespace KernelSim.Nt.Tests;

public sealed class NullArgumentTests
{
    [Fact]
    public void No_public_member_ends_in_a_null_reference() => NullArguments.AssertRefusedBy(typeof(Machine).Assembly, least: 20);
}
