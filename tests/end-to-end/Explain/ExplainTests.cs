using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EndToEnd.Tests.Explain;

public sealed class ExplainTests
{
    public static TheoryData<string, int> Errnos =>
        new(Enum.GetValues<Errno>().Where(e => e != Errno.None).Select(e => (ResultConversions.NameOf(e), (int)e)));

    public static TheoryData<string, string> Checks => new(CheckTable.All.Select(c => (c.Id, c.Code)));

    public static TheoryData<string> Results => [.. Enum.GetValues<EbpfResult>().Select(r => ResultConversions.NameOf(r))];

    [Theory]
    [MemberData(nameof(Errnos))]
    public void Every_errno_is_explained_by_name_and_by_number_with_either_sign(string name, int number)
    {
        ToolRun byName = ToolRun.Of("explain", name);

        Assert.Equal(0, byName.ExitCode);
        Assert.StartsWith($"{name} ({number})\n", byName.Output, StringComparison.Ordinal);
        Assert.All(byName.Lines, line => Assert.InRange(line.Length, 0, 100));
        Assert.Equal(byName, ToolRun.Of("explain", $"{number}"));
        Assert.Equal(byName, ToolRun.Of("explain", $"-{number}"));
        Assert.Equal(byName, ToolRun.Of("explain", name.ToLowerInvariant()));
    }

    [Theory]
    [MemberData(nameof(Errnos))]
    public void Every_errno_names_all_results_and_checks_that_end_in_it(string name, int number)
    {
        JsonElement explanation = ToolRun.Of("explain", name, "-j").Json.Single();

        Errno errno = (Errno)number;
        IEnumerable<string> results = Enum.GetValues<EbpfResult>()
            .Where(r => ResultConversions.ToErrno(r) == errno)
            .Select(r => ResultConversions.NameOf(r));
        Assert.Equal(results.Order(), Names(explanation, "results", "result").Order());
        Assert.Equal(number, explanation.GetProperty("errno").GetInt32());
        Assert.All(
            CheckTable.All.Where(c => c.Number < 2000 && ResultConversions.ToErrno(c.Result) == errno),
            c => Assert.Contains(c.Id, Names(explanation, "checks", "check")));
        Assert.All(
            CheckTable.All.Where(c => c.Number >= 2000 && c != CheckTable.MapBatchElement && !c.RefusesAttachment && c.Errno == errno),
            c => Assert.Contains(c.Id, Names(explanation, "checks", "check")));
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public void Every_check_is_explained_by_id_and_by_code_with_its_formula_and_fix(string id, string code)
    {
        ToolRun byId = ToolRun.Of("explain", id);
        JsonElement check = ToolRun.Of("explain", code, "-j").Json.Single().GetProperty("checks")[0];

        Assert.Equal(0, byId.ExitCode);
        Assert.StartsWith($"{id} ({code})\n", byId.Output, StringComparison.Ordinal);
        Assert.Equal(byId, ToolRun.Of("explain", code));
        Assert.Equal(byId, ToolRun.Of("explain", code.ToLowerInvariant()));
        Assert.Equal(id, check.GetProperty("check").GetString());
        Assert.Equal(CheckTable.Find(id)!.Formula, check.GetProperty("formula").GetString());
        Assert.Equal(CheckTable.Find(id)!.Fix, check.GetProperty("fix").GetString());
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void Every_result_is_explained_with_and_without_its_prefix(string name)
    {
        ToolRun run = ToolRun.Of("explain", name);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(name + " (", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STATUS_BUFFER_TOO_SMALL", "EBPF_FAILED", "EOTHER")]
    [InlineData("0xC0000225", "EBPF_KEY_NOT_FOUND", "ENOENT")]
    [InlineData("ERROR_NOT_FOUND", "EBPF_KEY_NOT_FOUND", "ENOENT")]
    [InlineData("87", "EBPF_INVALID_ARGUMENT", "EINVAL")]
    [InlineData("STATUS_OBJECT_NAME_EXISTS", "EBPF_SUCCESS", null)]
    [InlineData("3221225506", "EBPF_ACCESS_DENIED", "EPERM")]
    [InlineData("-1073741790", "EBPF_ACCESS_DENIED", "EPERM")]
    [InlineData("0xffffffffc0000022", "EBPF_ACCESS_DENIED", "EPERM")]
    [InlineData("C0000022", "EBPF_ACCESS_DENIED", "EPERM")]
    [InlineData("0x80000005", "EBPF_INSUFFICIENT_BUFFER", "ENOBUFS")]
    [InlineData("-2147483643", "EBPF_INSUFFICIENT_BUFFER", "ENOBUFS")]
    [InlineData("0x490", "EBPF_KEY_NOT_FOUND", "ENOENT")]
    [InlineData("0x80070490", "EBPF_KEY_NOT_FOUND", "ENOENT")]
    [InlineData("-2147023728", "EBPF_KEY_NOT_FOUND", "ENOENT")]
    public void A_status_says_what_the_library_makes_of_it(string word, string seenAs, string? errno)
    {
        ToolRun text = ToolRun.Of("explain", word);
        JsonElement explanation = ToolRun.Of("explain", word, "-j").Json.Single();

        Assert.Equal(0, text.ExitCode);
        Assert.Contains(
            seenAs,
            explanation.GetProperty("results").EnumerateArray().Concat(explanation.GetProperty("statuses").EnumerateArray())
                .Select(r => r.GetProperty("seen_as").GetString()));
        Assert.Equal(errno, explanation.TryGetProperty("errno_name", out JsonElement name) ? name.GetString() : null);
    }

    [Theory]
    [InlineData("0x16", "EINVAL (22)")]
    [InlineData("19", "EBPF_KEY_NOT_FOUND (19)")]
    [InlineData("0xC", "ENOMEM (12)")]
    [InlineData("0x103", "ERROR_NO_MORE_ITEMS (259)")]
    [InlineData("4294967274", "EINVAL (22)")]
    [InlineData("0xffffffea", "EINVAL (22)")]
    [InlineData("18446744073709551594", "EINVAL (22)")]
    [InlineData("0xFFFFFFFFFFFFFFEA", "EINVAL (22)")]
    [InlineData("-0x16", "EINVAL (22)")]
    [InlineData("+22", "EINVAL (22)")]
    [InlineData("-19", "EBPF_KEY_NOT_FOUND (19)")]
    [InlineData("-0xC000000D", "STATUS_INVALID_PARAMETER (0xC000000D)")]
    [InlineData("FFFFFFFFC000000D", "STATUS_INVALID_PARAMETER (0xC000000D)")]
    public void A_number_is_explained_in_any_form(string word, string heading)
    {
        ToolRun run = ToolRun.Of("explain", word);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith(heading, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_that_is_several_things_names_them_all()
    {
        ToolRun run = ToolRun.Of("explain", "22");
        Assert.StartsWith("EINVAL (22)", run.Output, StringComparison.Ordinal);
        Assert.Contains("22 is also ERROR_BAD_COMMAND and EBPF_ARITHMETIC_OVERFLOW.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("00")]
    [InlineData("0x0")]
    [InlineData("0x00000000")]
    public void Zero_names_all_successes(string word)
    {
        ToolRun run = ToolRun.Of("explain", word);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("EBPF_SUCCESS (0)", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 is also ERROR_SUCCESS and STATUS_SUCCESS.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EINVAL ")]
    [InlineData("22 ")]
    [InlineData(" -22")]
    [InlineData("\tKS2010\n")]
    [InlineData(" STATUS_NOT_FOUND ")]
    public void Spaces_around_a_word_do_not_matter(string word) => Assert.Equal(ToolRun.Of("explain", word.Trim()), ToolRun.Of("explain", word));

    [Fact]
    public void A_negative_hexadecimal_number_may_follow_a_double_dash() =>
        Assert.Equal(ToolRun.Of("explain", "22"), ToolRun.Of("explain", "--", "-0x16"));

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-99999999999999999999")]
    [InlineData("0x")]
    [InlineData("0xC0FFEE00")]
    public void A_number_that_is_nothing_here_is_wrong_usage(string word) => Assert.Equal(2, ToolRun.Of("explain", word).ExitCode);

    [Fact]
    public void A_check_that_passes_an_elements_result_on_is_found_under_each()
    {
        Assert.Contains("KS4065 map.batch.element", ToolRun.Of("explain", "ENOENT").Output, StringComparison.Ordinal);
        Assert.Contains("KS4065 map.batch.element", ToolRun.Of("explain", "EEXIST").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("map.batch.element", ToolRun.Of("explain", "EOTHER").Output, StringComparison.Ordinal);
        Assert.False(ToolRun.Of("explain", "KS4065", "-j").Json.Single().TryGetProperty("errno", out _));
    }

    [Fact]
    public void An_errno_also_names_what_is_no_check()
    {
        string enoent = ToolRun.Of("explain", "ENOENT").Output;

        Assert.Contains("the end of an iteration", enoent, StringComparison.Ordinal);
        Assert.Contains("no element has the key", enoent, StringComparison.Ordinal);
        Assert.Contains("The simulated process has ended", ToolRun.Of("explain", "ESRCH").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_argument_all_errnos_and_checks_are_listed()
    {
        ToolRun text = ToolRun.Of("explain");
        JsonElement json = ToolRun.Of("explain", "-j").Json.Single();

        Assert.Equal(0, text.ExitCode);
        Assert.All(Errnos, row => Assert.Contains(row.Data.Item1, text.Output, StringComparison.Ordinal));
        Assert.All(CheckTable.All, c => Assert.Contains($"{c.Code} {c.Id} ", text.Output, StringComparison.Ordinal));
        Assert.Equal(CheckTable.All.Select(c => c.Code), Names(json, "checks", "code"));
        Assert.Equal(Errnos.Select(row => row.Data.Item1), Names(json, "errnos", "errno_name"));
    }

    [Theory]
    [InlineData("EINVL", "did you mean 'EINVAL'?")]
    [InlineData("api.lookup_batch.value_size", "api.lookup_batch.values_size")]
    [InlineData("KEY_NOT_FUND", "EBPF_KEY_NOT_FOUND")]
    [InlineData("zzzzzzzz", "'kernelsim explain' lists them")]
    [InlineData("", "''")]
    [InlineData("12000", "'kernelsim explain' lists them")]
    [InlineData("0x8000000000000000", "'kernelsim explain' lists them")]
    public void An_unknown_word_is_wrong_usage_with_the_nearest_known_ones(string word, string hint)
    {
        ToolRun run = ToolRun.Of("explain", word);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith($"kernelsim: explain: '{word}' given, expected ", run.Error, StringComparison.Ordinal);
        Assert.Contains(hint, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Pretty_indents_and_implies_json()
    {
        ToolRun run = ToolRun.Of("explain", "EINVAL", "-p");

        Assert.StartsWith("{\n  \"kind\": \"errno\",\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ToolRun.Of("explain", "EINVAL", "-j").Json.Single().GetRawText(),
            JsonSerializer.Serialize(ToolRun.Parse(run.Output), s_asWritten));
    }

    private static readonly JsonSerializerOptions s_asWritten =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<string?> Names(JsonElement explanation, string array, string field) =>
        explanation.GetProperty(array).EnumerateArray().Select(e => e.GetProperty(field).GetString());
}
