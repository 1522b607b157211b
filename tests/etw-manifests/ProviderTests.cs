using System.Diagnostics.Tracing;
using System.Globalization;
using System.Numerics;
using System.Reflection;

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

    [Fact]
    public void Every_keyword_is_one_bit_that_no_other_keyword_has()
    {
        Dictionary<string, long> keywords = Keywords(typeof(KernelEventSource.Keywords));

        Assert.All(keywords, k => Assert.True(BitOperations.IsPow2(k.Value) && k.Value < 1L << 44, $"{k.Key} = {k.Value:x}"));
        Assert.Empty(keywords.GroupBy(k => k.Value).Where(g => g.Count() > 1).Select(g => string.Join(" and ", g.Select(k => k.Key))));
    }

    [Fact]
    public void Both_providers_mean_the_same_by_a_keyword()
    {
        Dictionary<string, long> kernel = Keywords(typeof(KernelEventSource.Keywords));

        Assert.All(Keywords(typeof(UserApiEventSource.Keywords)), k => Assert.Equal(kernel[k.Key], k.Value));
    }

    private static Dictionary<string, long> Keywords(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(f => f.Name, f => Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture));
}
