using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Sluice.Uploads;

namespace Sluice.Tests.Fuzz;

/// <summary>
/// Tells which inputs reach code that none before them reached, so that those are kept and changed further. It needs assemblies that
/// SharpFuzz's tool has instrumented (README.md beside this file):
/// each branch counts in a map of 64 KiB, as for AFL, but read in this process.
/// </summary>
internal sealed unsafe class FuzzCoverage
{
    private const int MapBytes = 64 * 1024;
    private const string Instrumentation = "SharpFuzz.Common";

    private static readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapBytes);

    private static FieldInfo? _instrumented;

    private readonly FieldInfo _previous;
    private readonly byte[] _seen = new byte[MapBytes];

    private FuzzCoverage(FieldInfo previous) => _previous = previous;

    /// <summary>Null where nothing is instrumented.</summary>
    public static FuzzCoverage? Find() => _instrumented is null ? null : new FuzzCoverage(_instrumented);

    /// <summary>
    /// Before anything else: instrumented code counts in the map from its first branch on, and its library is not among this program's own.
    /// </summary>
    [ModuleInitializer]
    public static void Prepare()
    {
        if (!Array.Exists(typeof(UploadPipeline).Assembly.GetReferencedAssemblies(), static assembly => assembly.Name == Instrumentation))
        {
            return;
        }

        AssemblyLoadContext.Default.Resolving += static (context, assembly) =>
            assembly.Name == Instrumentation
                ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Instrumentation}.dll"))
                : null;
        var trace = Assembly.Load(Instrumentation).GetType($"{Instrumentation}.Trace", throwOnError: true)!;
        trace.GetField("SharedMem")!.SetValue(null, Pointer.Box(_map, typeof(byte*)));
        _instrumented = trace.GetField("PrevLocation");
    }

    /// <summary>Before an input.</summary>
    public void Reset()
    {
        new Span<byte>(_map, MapBytes).Clear();
        _previous.SetValue(null, 0);
    }

    /// <summary>After an input: whether it took a branch that none took before, or one much more often than any did.</summary>
    public bool IsNew()
    {
        var map = new ReadOnlySpan<byte>(_map, MapBytes);
        var isNew = false;
        for (var at = map.IndexOfAnyExcept((byte)0); at >= 0;)
        {
            var often = (byte)(1 << Math.Min(7, (int)uint.Log2(map[at])));
            isNew |= (_seen[at] & often) == 0;
            _seen[at] |= often;
            var next = map[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return isNew;
    }
}
