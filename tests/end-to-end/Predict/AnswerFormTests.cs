using KernelSim.Tool.Predict.Questions;

namespace KernelSim.EndToEnd.Tests.Predict;

/// <summary>The forms in which people write answers.</summary>
public sealed class AnswerFormTests
{
    [Theory]
    [InlineData("16", "16")]
    [InlineData("0x10", "16")]
    [InlineData("0X10", "16")]
    [InlineData("1,024 bytes", "1024")]
    [InlineData("-1", null)]
    [InlineData("many", null)]
    [InlineData("", null)]
    public void A_number(string given, string? read) => Assert.Equal(read, AnswerForm.Number.Read(given));

    [Theory]
    [InlineData("0c00", "0c00")]
    [InlineData("0C 00", "0c00")]
    [InlineData("0x0c 0x00", "0c00")]
    [InlineData("0x0c00", "0c00")]
    [InlineData("0c:00", "0c00")]
    [InlineData("0c0", null)]
    [InlineData("0cxx", null)]
    public void Bytes(string given, string? read) => Assert.Equal(read, AnswerForm.Bytes.Read(given));

    [Theory]
    [InlineData("EINVAL", "EINVAL")]
    [InlineData("einval", "EINVAL")]
    [InlineData("-EINVAL", "EINVAL")]
    [InlineData("-22", "EINVAL")]
    [InlineData("22", "EINVAL")]
    [InlineData("0", "0")]
    [InlineData("success", "0")]
    [InlineData("EWHATEVER", null)]
    public void What_a_call_returns(string given, string? read) => Assert.Equal(read, AnswerForm.Return.Read(given));

    [Theory]
    [InlineData("STATUS_INVALID_PARAMETER", "STATUS_INVALID_PARAMETER")]
    [InlineData("invalid parameter", "STATUS_INVALID_PARAMETER")]
    [InlineData("0xc000000d", "STATUS_INVALID_PARAMETER")]
    [InlineData("STATUS_OF_THE_UNION", null)]
    public void A_status(string given, string? read) => Assert.Equal(read, AnswerForm.Status.Read(given));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16")]
    [InlineData("none", "none")]
    [InlineData("10.1.0.0", null)]
    public void A_prefix(string given, string? read) => Assert.Equal(read, AnswerForm.Prefix.Read(given));

    [Theory]
    [InlineData("2", "b")]
    [InlineData("B", "b")]
    [InlineData("3", null)]
    [InlineData("0", null)]
    public void One_of_several(string given, string? read) => Assert.Equal(read, AnswerForm.Choice(["a", "b"]).Read(given));
}
