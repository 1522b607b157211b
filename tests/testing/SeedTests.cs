using System.Reflection;
using KernelSim.Nt;
using Xunit.Sdk;

namespace KernelSim.Testing.Tests;

/// <summary>Seeds of theories and of the environment.</summary>
public sealed class SeedTests : KernelTest
{
    [Theory]
    [Seeds(3, first: 40)]
    public void The_machine_has_the_seed_of_its_theory(ulong seed) => Assert.Equal(seed, Machine.Options.Seed);

    [Theory]
    [Seeds(2)]
    public void A_second_machine_with_a_seed_repeats_the_first(ulong seed)
    {
        ulong[] first = Numbers(Machine);

        Assert.Equal(first, Numbers(Boot().Machine));
        Assert.Equal(seed, Seed);
    }

    [Theory]
    [InlineData("17", 17, 17)]
    [InlineData("1000-1999", 1000, 1999)]
    public void The_environment_names_a_seed_or_a_range(string text, ulong first, ulong last) =>
        Assert.Equal((first, last), SeedChoice.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_text_nothing_is_chosen(string? text) => Assert.Null(SeedChoice.Parse(text));

    [Theory]
    [InlineData("x")]
    [InlineData("9-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("0-100000")]
    public void Anything_else_is_refused_by_name(string text)
    {
        string message = Assert.Throws<FormatException>(() => SeedChoice.Parse(text)).Message;
        Assert.StartsWith($"KERNELSIM_SEED: '{text}' given, expected ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_theory_without_its_one_parameter_is_refused()
    {
        MethodInfo method = typeof(SeedTests).GetMethod(nameof(Anything_else_is_refused_by_name))!;
        await using DisposalTracker tracker = new();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(async () => await new SeedsAttribute(2).GetData(method, tracker));
        Assert.Contains("one parameter of type ulong", refused.Message, StringComparison.Ordinal);
    }

    private static ulong[] Numbers(Machine machine) => [.. Enumerable.Range(0, 10).Select(_ => machine.Random.NextUInt64())];
}
