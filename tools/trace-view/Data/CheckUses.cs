using System.Globalization;
using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Data;

/// <summary>The checks that occur in a trace, and the numbers that stand for names in them.</summary>
internal sealed class CheckUses
{
    /// <summary>The ids of checks that compared numbers, in the order in which they were first met.</summary>
    private readonly List<string> _compared = [];
    private readonly Dictionary<string, Names?> _names = [];
    private readonly HashSet<string> _refused = [];

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        if (e is InvalidArgumentEvent refusal)
        {
            _refused.Add(refusal.Check);
        }
        else if (e is SizeCheckEvent check)
        {
            if (!_names.TryGetValue(check.Check, out Names? names))
            {
                names = CheckTable.Find(check.Check) is { } row && row.Id == check.Check && row.Numbers != CheckNumbers.Count ? new Names() : null;
                _names.Add(check.Check, names);
                _compared.Add(check.Check);
            }

            names?.Add(check.Given);
            names?.Add(check.Expected);
        }
    }

    /// <summary>Writes the property <c>checks</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("checks");
        foreach (Check check in _compared.Concat(_refused).Distinct().Select(CheckTable.Find).OfType<Check>().OrderBy(c => c.Number))
        {
            json.WriteStartObject(check.Id);
            json.WriteString("code", check.Code);
            json.WriteString("text", check.Text);
            json.WriteString("formula", check.Formula);
            json.WriteString("fix", check.Fix);
            WriteExpectations(json, check);
            if (check.Numbers != CheckNumbers.Count)
            {
                WriteNames(json, check);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>What is expected, in words: of refusals and of what passes, each for a given number below, at and above the expected one.</summary>
    private static void WriteExpectations(Utf8JsonWriter json, Check check)
    {
        json.WriteStartArray("expects");
        foreach (bool passed in (bool[])[false, true])
        {
            foreach (int comparison in (int[])[-1, 0, 1])
            {
                json.WriteStringValue(check.Pattern(comparison, passed));
            }
        }

        json.WriteEndArray();
    }

    /// <summary>The names of the numbers that occur, where they stand for something other than a size.</summary>
    private void WriteNames(Utf8JsonWriter json, Check check)
    {
        json.WriteStartObject("names");
        foreach (long number in _names.GetValueOrDefault(check.Id)?.InOrder ?? [])
        {
            json.WriteString(number.ToString(CultureInfo.InvariantCulture), check.NameOf(number));
        }

        json.WriteEndObject();
    }

    private sealed class Names
    {
        private readonly HashSet<long> _seen = [];

        public List<long> InOrder { get; } = [];

        public void Add(long number)
        {
            if (_seen.Add(number))
            {
                InOrder.Add(number);
            }
        }
    }
}
