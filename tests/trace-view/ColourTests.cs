using System.Globalization;
using System.Text.RegularExpressions;

namespace KernelSim.TraceView.Tests;

/// <summary>Words can be read on what they stand on, light and dark: a contrast of 4.5 at least, 3 for shapes.</summary>
public sealed partial class ColourTests
{
    public static TheoryData<int, string, string, double> Pairs
    {
        get
        {
            TheoryData<int, string, string, double> rows = [];
            for (int theme = 0; theme < 3; theme++)
            {
                foreach (string paper in (string[])["paper", "card", "band", "bad-paper", "chosen"])
                {
                    rows.Add(theme, "ink", paper, 4.5);
                    rows.Add(theme, "dim", paper, 4.5);
                    rows.Add(theme, "bad", paper, 4.5);
                }

                rows.Add(theme, "accent", "card", 4.5);
                rows.Add(theme, "good", "card", 4.5);
                rows.Add(theme, "path", "band", 3);
                rows.Add(theme, "copy", "band", 3);
                rows.Add(theme, "bad", "band", 3);
                foreach (string cell in (string[])["key", "value", "next", "padding"])
                {
                    rows.Add(theme, "cell-ink", cell, 4.5);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Colours_have_contrast(int theme, string ink, string paper, double least)
    {
        Dictionary<string, string> colours = Themes()[theme];

        Assert.True(
            Contrast(colours[ink], colours[paper]) >= least,
            $"{ink} {colours[ink]} on {paper} {colours[paper]}: {Contrast(colours[ink], colours[paper]):F2}");
    }

    [Fact]
    public void Dark_is_the_same_whoever_asks_for_it() => Assert.Equal(Themes()[1], Themes()[2]);

    [Fact]
    public void White_can_be_read_on_both_reds_of_what_is_out_of_bounds() => Assert.All(
        Themes(),
        t => Assert.All(
            new[] { t["beyond"], t["stripe"] },
            red => Assert.True(Contrast("#ffffff", red) >= 4.5, $"{red}: {Contrast("#ffffff", red):F2}")));

    /// <summary>Light, dark by the system, dark by the reader.</summary>
    private static List<Dictionary<string, string>> Themes() =>
    [
        .. Blocks().Matches(PageAssets.Read("colours.css")).Select(b => Variables().Matches(b.Value))
            .Where(v => v.Count > 5)
            .Select(v => v.ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value)),
    ];

    private static double Contrast(string a, string b)
    {
        double[] light = [.. new[] { Luminance(a), Luminance(b) }.Order()];
        return (light[1] + 0.05) / (light[0] + 0.05);
    }

    private static double Luminance(string colour)
    {
        double[] parts = [.. Enumerable.Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.03928 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"--(?<name>[\w-]+): (?<value>#[0-9a-f]{6})\b")]
    private static partial Regex Variables();
}
