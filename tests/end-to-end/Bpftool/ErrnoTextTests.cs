using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>The texts of errnos.</summary>
public sealed class ErrnoTextTests
{
    [Theory]
    [InlineData(7, "Argument list too long")]
    [InlineData(21, "Is a directory")]
    [InlineData(38, "File name too long")]
    [InlineData(119, "No buffer space available")]
    [InlineData(131, "Unknown error 131")]
    [InlineData(524, "Unknown error 524")]
    public void An_errno_has_the_text_of_the_C_library(int errno, string text) => Assert.Equal(text, ErrnoText.Of((Errno)errno));

    [Fact]
    public void Every_errno_of_the_machine_has_a_text() => Assert.All(
        Enum.GetValues<Errno>().Except([Errno.EOTHER]), e => Assert.DoesNotContain("Unknown", ErrnoText.Of(e), StringComparison.Ordinal));
}
