/*
 * The outside of the WebAssembly module that scripts/build-libdeflate.ts makes: what lib/upload/compress/libdeflate-compressor.ts
 * calls, and the memory that libdeflate asks for. The module imports nothing, so that it can reach nothing.
 */
#include <stddef.h>
#include "libdeflate.h"

#define EXPORT(name) __attribute__((export_name(name)))
#define PAGE 65536u
#define ALIGNMENT 16u

/*
 * All memory behind the stack and the module's data, as one row of blocks without gaps. There are a few dozen blocks at most (a worker has
 * two buffers and a compressor for each level), so they are looked through from the first.
 */
struct block {
	size_t bytes; /* of its content, which follows */
	struct block *next;
	int is_free;
	int unused;
};
_Static_assert(sizeof(struct block) == ALIGNMENT, "The content of a block is aligned where its head is.");

extern unsigned char __heap_base;
static struct block *first, *last;

static unsigned char *content_of(struct block *block)
{
	return (unsigned char *)(block + 1);
}

/* Nonzero where the memory reaches up to `end`. */
static int reach(size_t end)
{
	size_t have = __builtin_wasm_memory_size(0) * (size_t)PAGE;

	if (end <= have)
		return 1;
	return __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) != (size_t)-1;
}

/* Nonzero where `block`, which is the last, has been made as large. */
static int stretch(struct block *block, size_t bytes)
{
	size_t begin = (size_t)content_of(block);

	if (bytes > (size_t)-1 - PAGE - begin || !reach(begin + bytes))
		return 0;
	block->bytes = bytes;
	return 1;
}

/* Leaves what `block` has beyond `bytes` to a free block of its own. */
static void split(struct block *block, size_t bytes)
{
	struct block *rest;

	if (block->bytes - bytes < 2 * sizeof(struct block))
		return;
	rest = (struct block *)(content_of(block) + bytes);
	rest->bytes = block->bytes - bytes - sizeof(struct block);
	rest->next = block->next;
	rest->is_free = 1;
	block->bytes = bytes;
	block->next = rest;
	if (last == block)
		last = rest;
}

static void *append(size_t bytes)
{
	size_t begin = first ? (size_t)content_of(last) + last->bytes : ((size_t)&__heap_base + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct block *block = (struct block *)begin;

	if (!reach(begin + sizeof(struct block)) || !stretch(block, bytes))
		return NULL;
	block->next = NULL;
	block->is_free = 0;
	if (first)
		last->next = block;
	else
		first = block;
	last = block;
	return content_of(block);
}

/* NULL where the memory cannot grow as far. */
EXPORT("allocate") void *allocate(size_t bytes)
{
	struct block *block;

	if (bytes > (size_t)-1 - PAGE)
		return NULL;
	bytes = (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	for (block = first; block; block = block->next) {
		if (!block->is_free || (block->bytes < bytes && (block != last || !stretch(block, bytes))))
			continue;
		split(block, bytes);
		block->is_free = 0;
		return content_of(block);
	}
	return append(bytes);
}

/* Takes what `allocate` gave, or NULL. */
EXPORT("release") void release(void *content)
{
	struct block *block;

	if (!content)
		return;
	((struct block *)content - 1)->is_free = 1;
	for (block = first; block; block = block->next) {
		while (block->is_free && block->next && block->next->is_free) {
			if (last == block->next)
				last = block;
			block->bytes += sizeof(struct block) + block->next->bytes;
			block->next = block->next->next;
		}
	}
}

/* NULL for a level that libdeflate has not, or for want of memory. */
EXPORT("makeCompressor") struct libdeflate_compressor *make_compressor(int level)
{
	libdeflate_set_memory_allocator(allocate, release);
	return libdeflate_alloc_compressor(level);
}

/* The most bytes that a gzip member of so many can have, whatever the level. */
EXPORT("gzipBound") size_t gzip_bound(size_t bytes)
{
	return libdeflate_gzip_compress_bound(NULL, bytes);
}

/* How many bytes the member has; 0 where there is no room for it. */
EXPORT("gzip") size_t gzip(struct libdeflate_compressor *compressor, const void *input, size_t bytes, void *output, size_t room)
{
	return libdeflate_gzip_compress(compressor, input, bytes, output, room);
}
