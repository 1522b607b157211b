using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Why a check refused the last line of a script, in a sentence.</summary>
internal static class RefusalWords
{
    /// <summary>The check's own words, with the numbers that it compared where it did.</summary>
    /// <param name="played">The run.</param>
    /// <param name="check">Id of the check that refused.</param>
    public static string Of(PlayedScript played, string check)
    {
        Check row = CheckTable.Find(check) ?? throw new InvalidOperationException($"the check table has no {check}");
        string compared = played.Last.TryGetProperty("given", out JsonElement given)
            ? $": {given} given, expected {played.Last.GetProperty("expected")} ({row.Formula})"
            : "";
        string where = row.IsOfTheLibrary ? "The library refuses it before any request is sent" : "The kernel refuses it";
        return $"{where}, by the check {row}{compared}. {row.Text.TrimEnd('.')}.";
    }
}
