using System.Text.Json;

namespace KernelSim.Tool.Script;

/// <summary>One field that a call gives besides <c>ret</c>.</summary>
internal readonly record struct ScriptOutput
{
    private readonly string _name;
    private readonly string? _text;
    private readonly long _number;

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

    /// <summary>Writes it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (_text is null)
        {
            json.WriteNumber(_name, _number);
        }
        else
        {
            json.WriteString(_name, _text);
        }
    }
}
