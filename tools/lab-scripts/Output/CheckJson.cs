using System.Text.Json;
using KernelSim.Protocol.Checks;

namespace KernelSim.LabScripts.Output;

/// <summary>The two numbers of a check as JSON: sizes as numbers, statuses and results by name.</summary>
internal static class CheckJson
{
    /// <summary>Writes <c>given</c> and <c>expected</c>.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, Check? check, long given, long expected)
    {
        Write(json, "given", check, given);
        Write(json, "expected", check, expected);
    }

    /// <summary>A number as a value: itself (<see langword="long"/> or <see langword="ulong"/>), or the name that it stands for.</summary>
    public static object Value(Check? check, long number) =>
        check?.HasNamedNumbers() == true ? check.NameOf(number)
        : check?.Numbers == CheckNumbers.Unsigned ? unchecked((ulong)number)
        : number;

    private static void Write(Utf8JsonWriter json, string name, Check? check, long number)
    {
        switch (Value(check, number))
        {
            case string word:
                json.WriteString(name, word);
                break;
            case ulong unsigned:
                json.WriteNumber(name, unsigned);
                break;
            default:
                json.WriteNumber(name, number);
                break;
        }
    }
}
