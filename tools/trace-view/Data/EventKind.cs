using System.Text.Json;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceView.Data;

/// <summary>Events with the same name and fields, and those fields as columns.</summary>
internal sealed class EventKind
{
    private readonly EventHeader _sample;
    private readonly string _message;
    private readonly List<(int Index, string Name, Column Column)> _fields = [];

    /// <summary>Creates the kind of an event.</summary>
    /// <param name="sample">Any event of the kind.</param>
    /// <param name="message">Its provider's message for it, with <c>{0}</c> for its first field.</param>
    /// <param name="strings">Receives its strings.</param>
    public EventKind(EventHeader sample, string message, StringTable strings)
    {
        _sample = sample;
        _message = message;
        for (int i = 0; i < sample.Payload.Count; i++)
        {
            string name = sample.Payload[i].Name;
            if (name is not ("requestId" or "processor" or EventKindTable.Sequence))
            {
                _fields.Add((i, name, new Column(strings)));
            }
        }
    }

    /// <summary>Adds the fields of one more event.</summary>
    public void Add(TracedEvent e)
    {
        foreach ((int index, string name, Column column) in _fields)
        {
            column.Add(e is SizeCheckEvent check && name == "passed" ? (check.Passed ? 1 : 0) : e.Header.Payload[index].Value);
        }
    }

    /// <summary>Writes the kind with its columns.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", _sample.Name);
        json.WriteString("provider", _sample.Provider);
        json.WriteString("level", _sample.Level);
        json.WriteString("message", _message);
        json.WriteStartArray("fields");
        foreach ((_, string name, _) in _fields)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();

        // Index of each field in the event, for the message's {0}.
        json.WriteStartArray("places");
        foreach ((int index, _, _) in _fields)
        {
            json.WriteNumberValue(index);
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach ((_, _, Column column) in _fields)
        {
            column.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
