using System.Globalization;

namespace KernelSim.DocsSite.Pictures;

/// <summary>The 256 colours of xterm.</summary>
internal static class XtermColours
{
    private const int Cube = 16;
    private const int Greys = 232;

    private static readonly string[] s_system =
    [
        "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
        "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
    ];

    /// <summary>Returns a colour as <c>#rrggbb</c>.</summary>
    public static string Of(int number)
    {
        if (number < Cube)
        {
            return s_system[number];
        }

        int grey = 8 + 10 * (number - Greys);
        int place = number - Cube;
        return number >= Greys ? Hex(grey, grey, grey) : Hex(Level(place / 36), Level(place / 6 % 6), Level(place % 6));
    }

    private static int Level(int step) => step == 0 ? 0 : 55 + 40 * step;

    private static string Hex(int red, int green, int blue) => string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
}
