namespace KernelSim.NetEbpfExt.Tests;

/// <summary>What a caller gets that passes null where that is no value.</summary>
public sealed class NullArgumentTests
{
    [Fact]
    public void No_public_member_ends_in_a_null_reference()
    {
        NullArguments nulls = new();
        Assert.Empty(nulls.Find(typeof(KernelSim.NetEbpfExt.NetEbpfExtDriver).Assembly));
        Assert.InRange(nulls.Tried, 5, int.MaxValue);
    }
}
