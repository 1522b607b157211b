using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json;
using KernelSim.LabScripts.Output;
using KernelSim.Protocol;

namespace KernelSim.LabScripts;

/// <summary>
/// Parses lines of a lab script. An invalid line is wrong usage: the reader reports what was given and what was expected,
/// and the caller adds the line's number.
/// </summary>
/// <param name="ops">The calls that lines can make.</param>
/// <param name="names">The descriptors and objects that have been named so far.</param>
/// <param name="processors">Number of processors of the machine.</param>
internal sealed class ScriptReader(IReadOnlyList<ScriptOp> ops, IScriptNames names, int processors)
{
    /// <summary>The bits of the two fields that every op has; those of its own follow.</summary>
    private const int OpBit = 0;
    private const int IdBit = 1;
    private const int OwnBits = 2;

    private const ulong MostMicroseconds = 365UL * 24 * 60 * 60 * 1_000_000;

    private readonly Dictionary<string, ScriptOp> _ops = ByName(ops);

    /// <summary>True for a line without a call: blank, or a comment.</summary>
    public static bool IsSkipped(string line)
    {
        string trimmed = line.Trim();
        return trimmed.Length == 0 || trimmed[0] == '#';
    }

    /// <summary>The error of a line that is invalid on any machine and after any other lines; null if there is none.</summary>
    public static string? ComplaintAbout(string line)
    {
        ScriptReader reader = new(ScriptOpTable.All, new DeclaredNames(), processors: 1);
        return reader.TryRead(line, number: 1, out _, out ScriptProblem? problem) ? null : problem.Message;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">Text of the line.</param>
    /// <param name="number">Number of the line, from 1.</param>
    /// <param name="call">The parsed call.</param>
    /// <param name="problem">What is wrong, if it is invalid.</param>
    public bool TryRead(string line, int number, [NotNullWhen(true)] out ScriptCall? call, [NotNullWhen(false)] out ScriptProblem? problem)
    {
        call = null;
        problem = null;
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException exception)
        {
            string message = $"'{Shorten(line.Trim())}' given, expected one JSON object: {JsonReason.OfLine(exception)}";
            problem = new ScriptProblem(message, Byte: (int)(exception.BytePositionInLine ?? 0));
            return false;
        }

        using (document)
        {
            try
            {
                call = Read(document.RootElement, number, out string message, out string? field);
                problem = call is null ? new ScriptProblem(message, field) : null;
                return call is not null;
            }
            catch (InvalidOperationException)
            {
                // The only invalid text that the JSON parser accepts.
                problem = new ScriptProblem("half of a surrogate pair given, expected text that is Unicode");
                return false;
            }
        }
    }

    private ScriptCall? Read(JsonElement root, int number, out string problem, out string? field)
    {
        field = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            problem = $"{Given(root)} given, expected a JSON object such as {{\"op\":\"num_possible_cpus\"}}";
            return null;
        }

        if (!TryFindOp(root, out ScriptOp? op, out problem))
        {
            field = "op";
            return null;
        }

        string? id = null;
        object?[] values = new object?[op!.Fields.Length];
        uint given = 0;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            int bit = BitOf(op, property);
            if (bit < 0)
            {
                string hint = NearestWords.Hint(property.Name, op.Fields.Select(f => f.Name));
                problem = $"{op.Name}: field '{property.Name}' given, expected {FieldList(op)}{hint}";
                field = property.Name;
                return null;
            }

            if ((given & (1U << bit)) != 0)
            {
                problem = $"{op.Name}: field '{property.Name}' given twice, expected once";
                field = property.Name;
                return null;
            }

            given |= 1U << bit;
            if (bit == IdBit)
            {
                id = property.Value.GetRawText();
            }
            else if (bit >= OwnBits && !TryReadValue(op.Fields[bit - OwnBits], property.Value, out values[bit - OwnBits], out problem))
            {
                problem = $"{op.Name}: field '{op.Fields[bit - OwnBits].Name}': {problem}";
                field = op.Fields[bit - OwnBits].Name;
                return null;
            }
        }

        ScriptCall read = new(number, op, id, values, given >> OwnBits);
        return HasItsFields(read, out problem) ? read : null;
    }

    private bool HasItsFields(ScriptCall call, out string problem)
    {
        ScriptOp op = call.Op;
        for (int i = 0; i < op.Fields.Length; i++)
        {
            if (!op.Fields[i].Optional && (call.Given & (1U << i)) == 0)
            {
                problem = $"{op.Name}: field '{op.Fields[i].Name}' missing, expected {Expected(op.Fields[i])}";
                return false;
            }
        }

        if (op.ExactlyOneOf.Count > 0 && op.ExactlyOneOf.Count(call.Has) is var given and not 1)
        {
            problem = $"{op.Name}: {given} of the fields {string.Join(", ", op.ExactlyOneOf)} given, expected exactly one";
            return false;
        }

        problem = "";
        return true;
    }

    /// <summary>The bit of a field; -1 when the op does not have it.</summary>
    private static int BitOf(ScriptOp op, JsonProperty property)
    {
        for (int i = 0; i < op.Fields.Length; i++)
        {
            if (property.NameEquals(op.Fields[i].Utf8Name))
            {
                return OwnBits + i;
            }
        }

        return property.NameEquals("op"u8) ? OpBit : property.NameEquals("id"u8) ? IdBit : -1;
    }

    private static Dictionary<string, ScriptOp> ByName(IReadOnlyList<ScriptOp> ops)
    {
        Dictionary<string, ScriptOp> byName = [];
        foreach (ScriptOp op in ops)
        {
            byName.TryAdd(op.Name, op);
        }

        return byName;
    }

    private bool TryFindOp(JsonElement root, out ScriptOp? op, out string problem)
    {
        op = null;
        if (!root.TryGetProperty("op", out JsonElement name))
        {
            problem = "field 'op' missing, expected the name of a call";
            return false;
        }

        if (name.ValueKind != JsonValueKind.String)
        {
            problem = $"field 'op': {Given(name)} given, expected the name of a call";
            return false;
        }

        string given = name.GetString()!;
        op = _ops.GetValueOrDefault(given);
        if (op is null)
        {
            // The list of all is long: a name that is near is more use.
            string hint = NearestWords.Hint(given, _ops.Keys);
            string expected = hint.Length > 0 ? "the name of a call" : $"one of {string.Join(", ", ops.Select(o => o.Name))}";
            problem = $"op '{given}' given, expected {expected}{hint}";
            return false;
        }

        problem = "";
        return true;
    }

    private bool TryReadValue(ScriptField field, JsonElement json, out object? value, out string problem)
    {
        value = null;
        problem = "";
        switch (field.Kind)
        {
            case ScriptFieldKind.Bytes when json.ValueKind == JsonValueKind.Null:
            case ScriptFieldKind.Text when json.ValueKind == JsonValueKind.Null:
                return true;
            case ScriptFieldKind.Bytes when json.ValueKind == JsonValueKind.String:
                bool isHex = Hex.TryParse(json.GetString()!, out byte[] bytes, out problem);
                value = bytes;
                return isHex;
            case ScriptFieldKind.Text when json.ValueKind == JsonValueKind.String:
                value = json.GetString();
                break;
            case ScriptFieldKind.NewName when json.ValueKind == JsonValueKind.String && json.GetString()!.Length > 0:
                value = json.GetString();
                break;
            case ScriptFieldKind.Number32 when json.ValueKind == JsonValueKind.Number && json.TryGetUInt32(out uint number):
                value = number;
                break;
            case ScriptFieldKind.Processor
                when json.ValueKind == JsonValueKind.Number && json.TryGetUInt32(out uint processor) && processor < processors:
                value = processor;
                break;
            case ScriptFieldKind.Number64 when json.ValueKind == JsonValueKind.Number && json.TryGetUInt64(out ulong number):
                value = number;
                break;
            case ScriptFieldKind.Microseconds
                when json.ValueKind == JsonValueKind.Number && json.TryGetUInt64(out ulong number) && number <= MostMicroseconds:
                value = number;
                break;
            case ScriptFieldKind.Descriptor when json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int number):
                value = number;
                break;
            case ScriptFieldKind.Descriptor when json.ValueKind == JsonValueKind.String && names.TryGetDescriptor(json.GetString()!, out int named):
                value = named;
                break;
            case ScriptFieldKind.MapType when json.ValueKind == JsonValueKind.String
                && BpfMapTypeNames.TryParse(json.GetString()!, out BpfMapType type):
                value = type;
                break;
            case ScriptFieldKind.MapType when json.ValueKind == JsonValueKind.Number
                && json.TryGetUInt32(out uint number)
                && number is >= MapTypeTable.FirstExtensionType and <= MapTypeTable.LastExtensionType:
                value = (BpfMapType)number;
                break;
            case ScriptFieldKind.Cursor when json.ValueKind == JsonValueKind.String && json.GetString() is "start" or "next":
                value = json.GetString() == "next";
                break;
            case ScriptFieldKind.Word when json.ValueKind == JsonValueKind.String && field.Words.Contains(json.GetString()!):
                value = json.GetString();
                break;
            case ScriptFieldKind.Address when json.ValueKind == JsonValueKind.String && IPAddress.TryParse(json.GetString(), out IPAddress? address):
                value = address;
                break;
            case ScriptFieldKind.ControlCode when json.ValueKind == JsonValueKind.Number && json.TryGetUInt32(out uint number):
                value = new IoControlCode(number);
                break;
            case ScriptFieldKind.ControlCode
                when json.ValueKind == JsonValueKind.String && ControlCodeText.TryParse(json.GetString()!, out IoControlCode code):
                value = code;
                break;
            case ScriptFieldKind.ObjectName when json.ValueKind == JsonValueKind.String && names.HasObject(json.GetString()!):
                value = json.GetString();
                break;
        }

        problem = value is null ? $"{Given(json)} given, expected {Expected(field)}{HintFor(field, json)}" : "";
        return value is not null;
    }

    private string Expected(ScriptField field) => field.Kind switch
    {
        ScriptFieldKind.Bytes => "bytes in hex such as \"01000000\", or null",
        ScriptFieldKind.Text => "text, or null",
        ScriptFieldKind.NewName => "a name",
        ScriptFieldKind.Number32 => $"a number from 0 to {uint.MaxValue}",
        ScriptFieldKind.Processor => $"a processor of this machine, 0 to {processors - 1}",
        ScriptFieldKind.Number64 => $"a number from 0 to {ulong.MaxValue}",
        ScriptFieldKind.Microseconds => $"a number from 0 to {MostMicroseconds} (a year)",
        ScriptFieldKind.Descriptor when !names.Descriptors.Any() => "a number (no line has named a descriptor yet)",
        ScriptFieldKind.Descriptor => $"a number, or a name that a line has given: {ListOf(names.Descriptors)}",
        ScriptFieldKind.MapType =>
            $"one of {string.Join(", ", BpfMapTypeNames.All)}, "
            + $"or custom_{MapTypeTable.FirstExtensionType} to custom_{MapTypeTable.LastExtensionType}",
        ScriptFieldKind.Word => $"one of {string.Join(", ", field.Words)}",
        ScriptFieldKind.Address => "an IP address such as \"10.0.0.1\" or \"fe80::1\"",
        ScriptFieldKind.ControlCode => ControlCodeText.Expected,
        ScriptFieldKind.ObjectName when !names.LoadedObjects.Any() => "a name that object_load has given (none has yet)",
        ScriptFieldKind.ObjectName => $"a name that object_load has given: {ListOf(names.LoadedObjects)}",
        _ => "\"start\" or \"next\"",
    };

    /// <summary>The name that is near to the one given, of a value that has one.</summary>
    private string HintFor(ScriptField field, JsonElement json)
    {
        IEnumerable<string> known = field.Kind switch
        {
            ScriptFieldKind.MapType => BpfMapTypeNames.All,
            ScriptFieldKind.Word => field.Words,
            ScriptFieldKind.Descriptor => names.Descriptors,
            ScriptFieldKind.ObjectName => names.LoadedObjects,
            _ => [],
        };
        return json.ValueKind == JsonValueKind.String ? NearestWords.Hint(json.GetString()!, known) : "";
    }

    private static string ListOf(IEnumerable<string> known) => string.Join(", ", known.Order(StringComparer.Ordinal));

    private static string FieldList(ScriptOp op) =>
        string.Join(", ", op.Fields.Select(f => f.Optional ? f.Name + "?" : f.Name).Prepend("id?").Prepend("op"));

    private static string Given(JsonElement json) => Shorten(json.GetRawText());

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..37] + "...";
}
