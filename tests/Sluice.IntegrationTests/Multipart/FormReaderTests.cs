using System.IO.Pipelines;
using Microsoft.Extensions.Options;
using Sluice.AspNetCore.Multipart;
using Sluice.Body;
using Sluice.Digests;
using Sluice.Failures;
using Sluice.IntegrationTests.Server;
using Sluice.Lifetime;
using Sluice.Settings;

namespace Sluice.IntegrationTests.Multipart;

/// <summary>However a form arrives, it is read from its first byte to its last; wherever it ends too early, that is noticed.</summary>
public sealed class FormReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_that_arrives_in_two_pieces_is_the_same_wherever_it_is_split()
    {
        var (form, bytes) = Sample();
        var whole = await ReadAsync(form, bytes, bytes.Length);
        Assert.Equal(3, whole.Parts.Count);
        Assert.Null(whole.Failure);

        for (var split = 1; split < bytes.Length; split++)
        {
            var read = await ReadAsync(form, bytes, split);
            Assert.Null(read.Failure);
            Assert.Equal(whole.Parts, read.Parts);
        }
    }

    [Fact]
    public async Task A_form_that_is_cut_is_truncated_wherever_it_is_cut()
    {
        var (form, bytes) = Sample();
        for (var cut = 0; cut < bytes.Length - 2; cut++)
        {
            var read = await ReadAsync(form, bytes[..cut], Math.Max(1, cut / 2));
            Assert.True(read.Failure?.Kind == FailureKind.BodyTruncated, $"{cut} of {bytes.Length} bytes: {read.Failure}");
        }

        // Its last line end may be missing (RFC 2046, section 5.1.1).
        Assert.Null((await ReadAsync(form, bytes[..^2], 10)).Failure);
    }

    // What looks like a boundary and is none, is content.
    private static (ChromiumForm Form, byte[] Bytes) Sample()
    {
        var form = new ChromiumForm().Field("a", "b");
        byte[] tricky = [.. System.Text.Encoding.UTF8.GetBytes($"\r\n--{form.Boundary[..^1]}\r\n--\r\n\r\r\n-"), .. Payload.Random(50)];
        return (form, form.File("f", "1", tricky).File("f", "2", []).ToArray());
    }

    private static async Task<(List<string> Parts, Failure? Failure)> ReadAsync(ChromiumForm form, byte[] bytes, int split)
    {
        using var shutdown = new Shutdown();
        var options = Options.Create(new BodyOptions { IdleTimeout = TimeSpan.FromMinutes(1) });
        using var watch = new BodyWatches(options, shutdown, TimeProvider.System).Begin(Token);
        var incoming = new IncomingBody(PipeReader.Create(new SplitStream(bytes, split)), static _ => false);
        using var guarded = new GuardedBody(incoming, watch.Idle, null, long.MaxValue, new BodyDigests([], []));
        await using var body = new BodyStream(guarded, TimeProvider.System);
        var reader = new FormReader(body, form.Boundary, new MultipartOptions(), watch);
        var parts = new List<string>();
        while (true)
        {
            if (!(await reader.NextAsync()).TryGet(out var part, out var failure))
                return (parts, failure);
            if (part is null)
                return (parts, null);

            using (part)
            {
                var content = new GuardedBody(part.Open(), watch.Idle, null, long.MaxValue, new BodyDigests([], []));
                var (taken, read, buffer) = (new List<byte>(), default(BodyRead), new byte[1_000]);
                while (!read.End && read.Failure is null)
                {
                    read = await content.ReadAsync(buffer, Token);
                    taken.AddRange(buffer.AsSpan(0, read.Bytes));
                }

                if (read.Failure is not null)
                    return (parts, read.Failure);
                parts.Add($"{part.Field} {part.FileName} {Convert.ToHexString([.. taken])}");
            }
        }
    }

    /// <summary>Gives its bytes in two reads.</summary>
    private sealed class SplitStream(byte[] bytes, int split) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(Position < split ? buffer[..(int)Math.Min(buffer.Length, split - Position)] : buffer, cancellationToken);
    }
}
