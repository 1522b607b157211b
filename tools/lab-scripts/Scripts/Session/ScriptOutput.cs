using System.Text.Json;

namespace KernelSim.LabScripts;

/// <summary>One field that a call returns in addition to <c>ret</c>.</summary>
internal readonly record struct ScriptOutput
{
    private readonly string _name;
    private readonly string? _text;
    private readonly long _number;
    private readonly Action<Utf8JsonWriter>? _write;

    /// <summary>A field of text.</summary>
    public ScriptOutput(string name, string text)
    {
        _name = name;
        _text = text;
    }

    /// <summary>A field of bytes, in hex.</summary>
    public ScriptOutput(string name, byte[] bytes)
        : this(name, Hex.Of(bytes))
    {
    }

    /// <summary>A field of a number.</summary>
    public ScriptOutput(string name, long number)
    {
        _name = name;
        _number = number;
    }

    /// <summary>A field of an array or object, written by a callback.</summary>
    public ScriptOutput(string name, Action<Utf8JsonWriter> write)
    {
        _name = name;
        _write = write;
    }

    /// <summary>A field of a list: each item is an object of fields, or, if it is one field without a name, that field's value.</summary>
    public ScriptOutput(string name, IReadOnlyList<IReadOnlyList<ScriptOutput>> items)
        : this(name, json => WriteList(json, items))
    {
    }

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_write is not null)
        {
            json.WritePropertyName(_name);
            _write(json);
        }
        else if (_text is null)
        {
            json.WriteNumber(_name, _number);
        }
        else
        {
            json.WriteString(_name, _text);
        }
    }

    private static void WriteList(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<ScriptOutput>> items)
    {
        json.WriteStartArray();
        foreach (IReadOnlyList<ScriptOutput> item in items)
        {
            if (item is [{ _name: "", _text: { } text }])
            {
                json.WriteStringValue(text);
                continue;
            }

            json.WriteStartObject();
            foreach (ScriptOutput field in item)
            {
                field.Write(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
