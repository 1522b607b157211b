using System.Diagnostics.Tracing;

namespace KernelSim.Tracing.Tests;

public sealed class ProviderTests
{
    [Theory]
    [InlineData("KernelSim-Kernel", "6b06c096-3176-5a41-94ab-129f3d44685c")]
    [InlineData("KernelSim-UserApi", "9f5191c1-4d90-5885-d898-d8d27752b46e")]
    public void A_provider_is_built_without_complaint_under_its_pinned_name_and_guid(string name, string guid)
    {
        EventSource provider = name == "KernelSim-Kernel" ? KernelEventSource.Log : UserApiEventSource.Log;

        Assert.Null(provider.ConstructionException);
        Assert.Equal(name, provider.Name);
        Assert.Equal(Guid.Parse(guid), provider.Guid);
    }
}
