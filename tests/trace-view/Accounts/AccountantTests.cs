using KernelSim.TraceAnalysis;
using KernelSim.TraceView.Accounts;
using KernelSim.TraceView.Tests.Support;

namespace KernelSim.TraceView.Tests.Accounts;

/// <summary>What is said of the requests of the tour: each way to end, in words and numbers.</summary>
public sealed class AccountantTests(Traces traces)
{
    [Theory]
    [InlineData(2, "None", "", "")]
    [InlineData(
        4,
        "Fault",
        "a read of 64 bytes at 0x20000032fe0, for element 1, runs 32 bytes past the end of the application's values buffer of 96 bytes.",
        "8 × 64 = 512")]
    [InlineData(
        8,
        "Suspect",
        "the library counts 12 bytes a value, the kernel 64, so that the bytes were cut at the wrong places",
        "Use a library that counts 64 bytes a value")]
    [InlineData(
        17,
        "Fault",
        "a write of 64 bytes at 0x20000032ff0, for element 2, runs 48 bytes past the end of the application's values buffer of 144 bytes.",
        "12 × 64 = 768")]
    [InlineData(
        21,
        "Suspect",
        "the application counts 12 bytes a value, the library 64, so that memory outside the application's buffer was touched",
        "8 × 64 = 512")]
    [InlineData(
        31,
        "Refused",
        "was refused with EINVAL by check KS1222 api.update_batch.values_size: 96 given, expected at least 512. Not one byte had moved.",
        "Pass one slot")]
    [InlineData(37, "None", "", "")]
    public void Each_ending_has_its_sentence_and_its_fix(int request, string severity, string verdict, string fix)
    {
        Account account = Accountant.Of(traces.Tour.Request((ulong)request)!);

        Assert.Equal(severity, account.Severity.ToString());
        Assert.Contains(verdict, account.Verdict, StringComparison.Ordinal);
        Assert.Contains(fix, account.Fix, StringComparison.Ordinal);
        Assert.Equal(verdict.Length == 0, account.Verdict.Length == 0);
    }

    [Fact]
    public void A_refusal_in_the_library_never_crossed()
    {
        IReadOnlyList<ChainLink> chain = Accountant.Of(traces.Tour.Request(31)!).Chain;

        Assert.Equal(["check", "result", "NTSTATUS", "Win32", "errno"], chain.Select(l => l.Station));
        Assert.Equal(["KS1222 api.update_batch.values_size", "EBPF_INVALID_ARGUMENT", "", "", "EINVAL"], chain.Select(l => l.Name));
    }

    [Fact]
    public void A_request_that_agrees_with_itself_has_witnesses_but_no_verdict()
    {
        Account account = Accountant.Of(traces.Tour.Request(37)!);

        Assert.True(account.IsWorthTelling);
        Assert.Null(account.Witnesses!.FirstDisagreement);
    }

    [Fact]
    public void The_attempt_of_a_fault_knows_its_buffer_and_how_far_it_went()
    {
        Attempt attempt = Accountant.Of(traces.Tour.Request(17)!).Attempt!;

        Assert.Equal(
            (true, "values", 64L, 144L, 2L, 48L),
            (attempt.IsWrite, attempt.What, attempt.Bytes, attempt.BufferBytes, attempt.Element, attempt.Beyond));
    }

    [Fact]
    public void A_fault_whose_buffer_nobody_told_is_told_by_its_address()
    {
        RequestView whole = traces.Tour.Request(4)!;
        TraceLog bare = new([.. whole.Events.Where(e => e.Header.Name != "ApplicationBuffer")]);

        Account account = Accountant.Of(bare.Request(4)!);

        Assert.Contains("met memory that the process may not read", account.Verdict, StringComparison.Ordinal);
        Assert.Equal(-1, account.Attempt!.Element);
    }
}
