using System.Text;
using KernelSim.Samples.SampleExt;

namespace KernelSim.Samples.Tests.SampleExt;

/// <summary>The sample type's helpers, as a program calls them.</summary>
public sealed class SampleHelperTests : IDisposable
{
    private readonly SampleExtLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("rainy days", "rain", 0)]
    [InlineData("rainy days", "day", 6)]
    [InlineData("rainy days", "days\0more", 6)] // up to its zero
    [InlineData("rainy days", "sun", -1)]
    [InlineData("rainy\0days", "days", -1)] // behind the buffer's zero
    [InlineData("rainy days", "\0", 0)]
    [InlineData("rain", "rainy", -1)]
    public void A_pattern_is_found_where_it_begins(string buffer, string pattern, int place)
    {
        SampleProgramContext context = new() { Uint32Data = (uint)buffer.Length };
        Assert.Equal(place, (int)_lab.Run("find", context, Encoding.ASCII.GetBytes(buffer + pattern)).Result);
    }

    [Theory]
    [InlineData("xxxxxxxx", 0, "ab\0", 0, "abxxxxxx")]
    [InlineData("xxxxxxxx", 3, "ab\0cd", 0, "xxxabxxx")] // up to its zero
    [InlineData("xxxxxxxx", 6, "abcd", 0, "xxxxxxax")] // all but the buffer's last byte
    [InlineData("xxxxxxxx", 7, "abcd", 0, "xxxxxxxx")]
    [InlineData("xxxxxxxx", 8, "abcd", -1, "xxxxxxxx")]
    [InlineData("xxxxxxxx", -1, "abcd", -1, "xxxxxxxx")]
    public void A_text_is_written_over_a_buffer_but_for_its_last_byte(string buffer, short position, string text, int answer, string left)
    {
        SampleProgramContext context = new() { Uint32Data = (uint)buffer.Length, Uint16Data = (ushort)position };
        (uint result, _, byte[] data) = _lab.Run("replace", context, Encoding.ASCII.GetBytes(buffer + text));
        Assert.Equal((answer, left + text), ((int)result, Encoding.ASCII.GetString(data)));
    }

    [Fact]
    public void Helpers_without_arguments_know_the_context_all_the_same()
    {
        SampleProgramContext given = new() { HelperData1 = 40, HelperData2 = uint.MaxValue };
        (uint result, SampleProgramContext left, _) = _lab.Run("implicit", given, []);
        Assert.Equal((40u, unchecked(uint.MaxValue + 5)), (left.Uint32Data, result));
    }

    [Fact]
    public void The_type_has_its_own_process_id_and_the_helper_that_the_driver_lacks()
    {
        (uint result, SampleProgramContext left, _) = _lab.Run("constant", default, []);
        Assert.Equal((9999u, 1u, (ushort)7), (result, left.Uint32Data, left.Uint16Data));
    }
}
