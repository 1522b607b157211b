using KernelSim.Tool.Story;
using Spectre.Console;

namespace KernelSim.Tool.Rendering;

/// <summary>The appearance of tones on a terminal: colours, or fill characters without colours.</summary>
internal static class TerminalPalette
{
    private static readonly Color s_ink = Color.Grey11;

    /// <summary>Text of a tone.</summary>
    public static Style Text(Tone tone) => tone switch
    {
        Tone.Dim => new Style(Color.Grey58),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Code or Tone.Value => new Style(Color.SkyBlue1),
        Tone.Good => new Style(Color.DarkSeaGreen2, decoration: Decoration.Bold),
        Tone.Bad => new Style(Color.IndianRed1, decoration: Decoration.Bold),
        Tone.Key => new Style(Color.LightGoldenrod2_1),
        Tone.Padding or Tone.Guard => new Style(Color.Grey50),
        Tone.Neighbour => new Style(Color.Plum2),
        _ => Style.Plain,
    };

    /// <summary>A cell of a strip in a tone.</summary>
    public static Style Cell(Tone tone) => tone switch
    {
        Tone.Key => new Style(s_ink, Color.LightGoldenrod2_1),
        Tone.Value or Tone.Code => new Style(s_ink, Color.SkyBlue2),
        Tone.Good => new Style(s_ink, Color.DarkSeaGreen2),
        Tone.Padding => new Style(Color.Grey19, Color.Grey66),
        Tone.Neighbour => new Style(s_ink, Color.Plum3),
        Tone.Guard => new Style(Color.Grey78, Color.Grey27),
        Tone.Bad => new Style(Color.White, Color.Red3, Decoration.Bold),
        Tone.Dim => new Style(Color.Grey58),
        _ => Style.Plain,
    };

    /// <summary>The fill character of a cell of a tone if there are no colours.</summary>
    public static char Filling(Tone tone) => tone switch
    {
        Tone.Key => '=',
        Tone.Value or Tone.Code or Tone.Good => '.',
        Tone.Padding => '_',
        Tone.Neighbour => '~',
        Tone.Guard => '#',
        Tone.Bad => '!',
        _ => ' ',
    };
}
