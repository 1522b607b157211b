using System.Text;
using KernelSim.Tool.Serve;

namespace KernelSim.EndToEnd.Tests.Serve;

public sealed class LineBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public void Lines_come_out_whole_however_their_bytes_arrive(int piece)
    {
        LineBuffer buffer = new(limit: 12);
        byte[] bytes = Encoding.UTF8.GetBytes("one\r\n\ntwo é\nthe rest");
        List<string> lines = [];

        foreach (byte[] chunk in bytes.Chunk(piece))
        {
            chunk.CopyTo(buffer.Room());
            buffer.Add(chunk.Length);
            while (buffer.TryTake(out string line))
            {
                lines.Add(line);
            }

            Assert.False(buffer.IsTooLong);
        }

        Assert.Equal(["one", "", "two é"], lines);
        Assert.True(buffer.TryTakeRest(out string rest));
        Assert.Equal("the rest", rest);
        Assert.False(buffer.TryTakeRest(out _));
    }

    [Theory]
    [InlineData("12345678\n", true, false)]
    [InlineData("12345678", false, false)]
    [InlineData("123456789\n", false, true)]
    [InlineData("123456789", false, true)]
    public void A_line_beyond_the_limit_is_not_taken(string text, bool taken, bool tooLong)
    {
        LineBuffer buffer = new(limit: 8);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.CopyTo(buffer.Room());
        buffer.Add(bytes.Length);

        Assert.Equal(taken, buffer.TryTake(out _));
        Assert.Equal(tooLong, buffer.IsTooLong);
    }

    [Fact]
    public void A_long_line_finds_room()
    {
        LineBuffer buffer = new(limit: 1 << 20);
        string text = new('x', 100_000);
        ReadOnlyMemory<byte> left = Encoding.UTF8.GetBytes(text + "\n");
        string line;
        while (!buffer.TryTake(out line))
        {
            Memory<byte> room = buffer.Room();
            int count = Math.Min(room.Length, left.Length);
            left[..count].CopyTo(room);
            buffer.Add(count);
            left = left[count..];
        }

        Assert.True(left.IsEmpty);
        Assert.Equal(text, line);
    }
}
