using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

public class ObjectNameTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("stats", true)]
    [InlineData("größe", true)]
    [InlineData("stat", false)]
    [InlineData("statss", false)]
    public void A_name_is_the_text_up_to_its_first_zero(string text, bool same)
    {
        ObjectName name = default;
        string stored = same ? text : "stats";
        Span<byte> bytes = name;
        int length = System.Text.Encoding.UTF8.GetBytes(stored, bytes);
        bytes[length + 1] = (byte)'x';
        Assert.Equal(stored, name.ToString());
        Assert.Equal(same, name.Is(text));
    }

    [Fact]
    public void A_name_may_fill_all_of_its_bytes()
    {
        ObjectName name = default;
        ((Span<byte>)name).Fill((byte)'a');
        Assert.True(name.Is(new string('a', 64)));
        Assert.False(name.Is(new string('a', 63)));
        Assert.False(name.Is(new string('a', 65)));
    }
}
