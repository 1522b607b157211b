using System.Text.Json;
using KernelSim.TraceView.Data;

namespace KernelSim.TraceView.Tests.Data;

/// <summary>Columns say what they were given, in the shortest spelling.</summary>
public sealed class ColumnTests
{
    public static TheoryData<long[], string> Numbers => new()
    {
        { [], "n" },
        { [7], "n" },
        { [5, 5, 5, 5, 5, 5], "r" },
        { [100000, 100001, 100002, 100003], "d" },
        { [3, 1, 4, 1, 5, 9, 2, 6], "n" },
        { [-140737488355328, -140737488355312, -140737488355296], "d" },
        { [0, -1, long.MaxValue >> 11, 0], "n" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Numbers_come_back_from_the_shortest_spelling(long[] numbers, string spelling)
    {
        (string kind, bool isText, long[] read, _) = RoundTrip([.. numbers.Select(n => (object)n)]);

        Assert.Equal((spelling, false), (kind, isText));
        Assert.Equal(numbers, read);
    }

    [Fact]
    public void Strings_are_numbers_of_strings()
    {
        (_, bool isText, long[] read, IReadOnlyList<string> strings) = RoundTrip("a", "b", "a", "");

        Assert.True(isText);
        Assert.Equal(["a", "b", "a", ""], read.Select(n => strings[(int)n]));
    }

    [Fact]
    public void Addresses_at_the_top_are_small_negative_numbers()
    {
        (_, bool isText, long[] read, _) = RoundTrip(0xffff_8000_0000_0010UL);

        Assert.False(isText);
        Assert.Equal(0xffff_8000_0000_0010UL, unchecked((ulong)read[0]));
    }

    [Fact]
    public void A_number_that_a_script_cannot_hold_makes_the_column_one_of_strings()
    {
        (_, bool isText, long[] read, IReadOnlyList<string> strings) = RoundTrip(16L, 1L << 60, 17L);

        Assert.True(isText);
        Assert.Equal(["0x10", "0x1000000000000000", "0x11"], read.Select(n => strings[(int)n]));
    }

    [Fact]
    public void A_field_that_an_event_lacks_reads_as_nothing()
    {
        Assert.Equal([1, 0], RoundTrip(1, null).Read);
        (_, _, long[] read, IReadOnlyList<string> strings) = RoundTrip("a", null);
        Assert.Equal("", strings[(int)read[1]]);
    }

    private static (string Kind, bool IsText, long[] Read, IReadOnlyList<string> Strings) RoundTrip(params object?[] values)
    {
        StringTable strings = new();
        Column column = new(strings);
        foreach (object? value in values)
        {
            column.Add(value);
        }

        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            column.Write(json);
        }

        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement root = document.RootElement;
        long[] written = [.. root.GetProperty("v").EnumerateArray().Select(v => v.GetInt64())];
        string kind = root.GetProperty("k").GetString()!;
        return (kind, root.TryGetProperty("s", out _), Decode(kind, written), strings.Strings);
    }

    private static long[] Decode(string kind, long[] written)
    {
        long last = 0;
        return kind switch
        {
            "d" => [.. written.Select(n => last += n)],
            "r" => [.. Enumerable.Range(0, written.Length / 2).SelectMany(i => Enumerable.Repeat(written[2 * i], (int)written[(2 * i) + 1]))],
            _ => written,
        };
    }
}
