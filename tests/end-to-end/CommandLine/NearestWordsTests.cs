using KernelSim.LabScripts.Output;

namespace KernelSim.EndToEnd.Tests.CommandLine;

public sealed class NearestWordsTests
{
    private static readonly string[] s_known =
        ["tour", "script", "serve", "trace", "map_create", "map_update_elem", "map_update_batch", "EBPF_KEY_NOT_FOUND", "EINVAL", "fd", "key"];

    [Theory]
    [InlineData("scrpt", "script")]
    [InlineData("scirpt", "script")]
    [InlineData("Script", "script")]
    [InlineData("toru", "tour")]
    [InlineData("map_craete", "map_create")]
    [InlineData("KEY_NOT_FUND", "EBPF_KEY_NOT_FOUND")]
    [InlineData("EINVL", "EINVAL")]
    [InlineData("kye", "key")]
    [InlineData("FD", "fd")]
    public void A_word_with_a_slip_finds_the_one_that_was_meant(string word, string meant) =>
        Assert.Equal([meant], NearestWords.To(word, s_known));

    [Theory]
    [InlineData("map_upd", "map_update_elem", "map_update_batch")]
    [InlineData("update_b", "map_update_batch")]
    [InlineData("NOT_FOUND", "EBPF_KEY_NOT_FOUND")]
    public void A_part_of_a_word_finds_every_word_that_has_it(string word, params string[] meant) =>
        Assert.Equal(meant, NearestWords.To(word, s_known));

    [Theory]
    [InlineData("")]
    [InlineData("frobnicate")]
    [InlineData("x")]
    [InlineData("top")]
    [InlineData("abc")]
    [InlineData("map_destroy")]
    public void A_word_that_is_far_from_all_finds_none(string word)
    {
        Assert.Empty(NearestWords.To(word, s_known));
        Assert.Empty(NearestWords.Hint(word, s_known));
    }

    [Fact]
    public void Only_the_nearest_are_offered_and_no_more_than_four()
    {
        Assert.Equal(["serve"], NearestWords.To("serv", ["serve", "swerve"]));
        Assert.Equal(["aab", "aac", "aad", "aae"], NearestWords.To("aaa", ["aaf", "aae", "aad", "aac", "aab"]));
        Assert.Equal("; did you mean 'aab' or 'aac'?", NearestWords.Hint("aaa", ["aab", "aac"]));
    }

    [Fact]
    public void A_word_of_any_length_is_answered_at_once() => Assert.Empty(NearestWords.To(new string('a', 1_000_000), s_known));
}
